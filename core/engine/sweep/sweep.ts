import type { Formula } from '#core/formula/model/formula.ts';
import type { Bars } from '#core/market/bars.ts';
import { refused, stopped, type Outcome } from '#core/result/outcome.ts';
import { ok } from '#core/result/result.ts';
import type { Feeds } from '../columns/feeds.ts';
import type { Span } from '../figures/benchmark.ts';
import { METRIC_KEYS } from '../figures/find-metric.ts';
import type { Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { wholeSpan, type Watch } from '../run-columns.ts';
import { ColumnGraph } from './column-graph.ts';
import type { KeptKey } from './ranking.ts';
import { schedule, type Load, type SlottedColumn, type Tile } from './schedule.ts';
import type { Inputs } from './space.ts';
import { SweepTable } from './sweep-table.ts';
import { Workbench } from './workbench.ts';

/** Candidates between two reports of progress. */
const AT_A_TIME = 32;

/** Memory for shared columns, in bytes, unless said otherwise. */
export const COLUMN_BYTES = 320 * 2 ** 20;

/** More are of no use: each takes its part in planning. */
const MOST_SLOTS = 4096;

export const slotsFor = (bytes: number, { length }: Pick<Bars, 'length'>): number =>
  length === 0 ? 0 : Math.min(MOST_SLOTS, Math.floor(bytes / (8 * length)));

/** Slots that a plan makes use of: those from 0 on. */
export const slotsOf = ({ tiles }: SweepPlan): number =>
  tiles.reduce((most, { columns }) => columns.reduce((last, { slot }) => Math.max(last, slot + 1), most), 0);

export interface SweepRequest {
  readonly formula: Formula;
  readonly candidates: readonly Inputs[];
  readonly bars: Bars;
  readonly feeds?: Feeds;
  readonly settings: Settings;
  /** Each candidate is run over each of them; over all bars unless said otherwise. */
  readonly spans?: readonly Span[];
  /** Metrics that are kept of each run, by key; all unless said otherwise. */
  readonly keep?: readonly KeptKey[];
  readonly columnBytes?: number;
}

/** A sweep made ready: what is run in which order, and which candidates can't be. */
export interface SweepPlan {
  readonly tiles: readonly Tile[];
  readonly refused: readonly { readonly candidate: number; readonly reason: string }[];
}

/** Compiles every candidate once to see which columns they share. Null when it was stopped. */
export function planSweep(
  formula: Formula,
  candidates: readonly Inputs[],
  slots: number,
  shouldStop?: () => boolean,
): SweepPlan | null {
  const graph = new ColumnGraph();
  const refused: { candidate: number; reason: string }[] = [];
  for (const [candidate, inputs] of candidates.entries()) {
    if (candidate % 256 === 0 && shouldStop?.()) return null;
    const plan = compile(formula, inputs);
    if (plan.ok) graph.add(candidate, plan.value);
    else refused.push({ candidate, reason: plan.error.map(({ message }) => message).join(' ') });
  }
  return { tiles: schedule(graph, candidates, slots), refused };
}

/** The columns that stand in their slots before a wave of a tile is loaded. */
export function standingBefore({ waves, columns }: Tile, wave: number): SlottedColumn[] {
  const later = new Set(
    waves.slice(wave).flatMap((loads: readonly Load[]) => loads.flatMap((load) => load.columns.map(({ key }) => key))),
  );
  return columns.filter(({ key }) => !later.has(key));
}

/**
 * Runs a formula with many settings of its inputs over the same bars; columns that several have in common are computed
 * once, as many at a time as `columnBytes` has room for. The figures are those of `backtest`, to the bit.
 */
export function sweep(request: SweepRequest, { onProgress, shouldStop }: Watch = {}): Outcome<SweepTable> {
  const {
    formula,
    candidates,
    bars,
    feeds = new Map(),
    settings,
    spans = [wholeSpan(bars)],
    keep = METRIC_KEYS,
  } = request;
  if (bars.length === 0) return refused('There are no bars in this range.');
  const plan = planSweep(formula, candidates, slotsFor(request.columnBytes ?? COLUMN_BYTES, bars), shouldStop);
  if (!plan) return stopped();
  const slots = Array.from({ length: slotsOf(plan) }, () => new Float64Array(bars.length));
  const table = new SweepTable(candidates, keep, spans.length);
  for (const { candidate, reason } of plan.refused) table.refuse(candidate, reason);
  const workbench = new Workbench({ formula, bars, feeds, settings, spans, slots });
  let done = plan.refused.length;
  for (const tile of plan.tiles) {
    for (const [wave, loads] of tile.waves.entries()) {
      const standing = standingBefore(tile, wave);
      for (const load of loads) {
        if (shouldStop?.()) return stopped();
        const loaded = workbench.load(candidates[load.candidate] ?? {}, load.columns, standing);
        if (!loaded.ok) return refused(loaded.error);
      }
    }
    for (let from = 0; from < tile.candidates.length; from += AT_A_TIME) {
      const some = tile.candidates.slice(from, from + AT_A_TIME);
      const run = workbench.run(
        some.map((candidate) => candidates[candidate] ?? {}),
        tile.columns,
        shouldStop,
      );
      if (!run.ok) return run;
      const { value } = run;
      some.forEach((candidate, index) => table.set(candidate, value[index] ?? []));
      done += some.length;
      onProgress?.(done, candidates.length);
    }
  }
  return ok(table);
}
