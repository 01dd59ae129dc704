import type { Bars } from '#core/market/bars.ts';
import { refused, stopped, type Outcome } from '#core/result/outcome.ts';
import { ok } from '#core/result/result.ts';
import type { OrderListener } from '#core/trading/broker.ts';
import { Arena } from './columns/arena.ts';
import { runBatch } from './columns/batch.ts';
import { barsOfClocks, type Feeds } from './columns/feeds.ts';
import { PIECE, Pieces, piecesOf, splitPlan } from './columns/piecewise.ts';
import type { Span } from './figures/benchmark.ts';
import type { EquityRecord } from './figures/equity-tally.ts';
import { emptyJournal, type Journal } from './outcome/journal.ts';
import type { Settings } from './outcome/settings.ts';
import type { Plan } from './plan/plan.ts';
import { Simulation } from './simulation/simulation.ts';

export interface Watch {
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked now and then; true ends the run. */
  readonly shouldStop?: () => boolean;
}

export interface RunOptions extends Watch {
  /** Bars of other symbols. */
  readonly feeds?: Feeds;
  /** The bars that are traded; those before are history for the indicators. All of them unless said otherwise. */
  readonly span?: Span;
  /** Columns of the plan that are known already: they are not computed. */
  readonly given?: ReadonlyMap<number, Float64Array>;
  /** Who is told of each order and fill. */
  readonly orders?: OrderListener | null;
}

const NOTHING: ReadonlyMap<number, Float64Array> = new Map();

export interface Run {
  readonly simulation: Simulation;
  readonly journal: Journal;
  readonly record: EquityRecord;
  /** The whole columns of the plan that are still alive, those of the position among them. */
  readonly columns: readonly (Float64Array | undefined)[];
}

const PROGRESS_EVERY = 4 * PIECE;

export const wholeSpan = ({ length }: Bars): Span => ({ from: 0, to: length });

/** Columns first, then bar by bar what depends on the position. Fails in words when a feed has no bars. */
export function runColumns(plan: Plan, bars: Bars, settings: Settings, options: RunOptions = {}): Outcome<Run> {
  const clocks = barsOfClocks(plan, bars, options.feeds ?? new Map());
  if (!clocks.ok) return refused(clocks.error);
  const span = options.span ?? wholeSpan(bars);
  const arena = new Arena();
  const given = options.given ?? NOTHING;
  const split = splitPlan(plan, new Set(given.keys()));
  const batch = runBatch({
    steps: split.whole,
    columnCount: plan.columnCount,
    kept: split.kept,
    clocks: clocks.value,
    given,
    arena,
  });
  const columns = [...batch.columns];
  // What people want to see of the position is kept over all bars.
  for (const operand of plan.named.values())
    if (operand.kind === 'column') columns[operand.column] ??= new Float64Array(bars.length).fill(Number.NaN);
  const journal = emptyJournal();
  const record = { equity: arena.take(span.to - span.from), drawdown: arena.take(span.to - span.from) };
  const simulation = new Simulation({ plan, bars, span, settings, journal, orders: options.orders ?? null, record });
  const pieces = new Pieces(split, columns, arena);
  for (const { from, to } of piecesOf(span)) {
    if (options.shouldStop?.()) return stopped();
    if (from % PROGRESS_EVERY === 0 || from <= span.from)
      options.onProgress?.(Math.max(0, from - span.from), span.to - span.from);
    pieces.show(from, to);
    simulation.advance(pieces);
  }
  options.onProgress?.(span.to - span.from, span.to - span.from);
  return ok({ simulation, journal, record, columns });
}
