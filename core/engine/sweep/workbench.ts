import type { Formula } from '#core/formula/model/formula.ts';
import type { Bars } from '#core/market/bars.ts';
import { refused, stopped, type Outcome } from '#core/result/outcome.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { marketOf, metricsOf, type Market } from '../backtest.ts';
import { Arena } from '../columns/arena.ts';
import { runBatch } from '../columns/batch.ts';
import { columnKeys } from '../columns/column-keys.ts';
import { barsOfClock, type Feeds } from '../columns/feeds.ts';
import { Pieces, piecesOf, splitPlan } from '../columns/piecewise.ts';
import type { Span } from '../figures/benchmark.ts';
import type { Metrics } from '../figures/metrics.ts';
import type { Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { outputsOf, stepsToward, type Plan } from '../plan/plan.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { SlottedColumn } from './schedule.ts';
import type { Inputs } from './space.ts';

/**
 * What all runs of a sweep have in common. Bars and slots may be in shared memory: several threads then work on one
 * sweep.
 */
export interface SweepCase {
  readonly formula: Formula;
  readonly bars: Bars;
  readonly feeds: Feeds;
  readonly settings: Settings;
  /** Each candidate is run over each of them. */
  readonly spans: readonly Span[];
  /** Columns as long as the bars, for those that candidates share. */
  readonly slots: readonly Float64Array[];
}

/**
 * Candidates that go over the bars abreast: with more, their pieces of columns would not all stay in the nearest
 * memory.
 */
const MOST_ABREAST = 32;

/** Memory for columns that candidates which go abreast do not share. */
const MOST_OWN_BYTES = 64 * 2 ** 20;

/** Memory of what a candidate knows of one span while it goes over the bars, measured. */
export const SPAN_BYTES = 6500;

/** Memory for all spans of those that go abreast; a single candidate may take more. */
const MOST_SPAN_BYTES = 128 * 2 ** 20;

/** How many candidates go abreast, that many at the most. */
export const abreastOver = (spans: number): number =>
  Math.max(1, Math.min(MOST_ABREAST, Math.floor(MOST_SPAN_BYTES / (SPAN_BYTES * spans))));

/** A candidate that goes over the bars: the columns of its own are computed. */
interface StartedCandidate {
  readonly pieces: Pieces;
  /** One for each span. */
  readonly simulations: readonly Simulation[];
  readonly ownColumns: number;
  release(): void;
}

/** Runs candidates of a sweep, with memory that it uses again and again. */
export class Workbench {
  readonly #case: SweepCase;
  readonly #arena = new Arena();
  readonly #clocks = new Map<string, Result<Bars, string>>();
  /** One for each span. */
  readonly #markets: readonly Market[];
  /** From the first bar of a span to the last of one. */
  readonly #extent: Span;

  constructor(given: SweepCase) {
    this.#case = given;
    this.#markets = given.spans.map((span) => marketOf(given.bars, span));
    this.#extent = {
      from: Math.min(...given.spans.map(({ from }) => from)),
      to: Math.max(...given.spans.map(({ to }) => to)),
    };
  }

  /** Computes shared columns of a candidate into their slots, from those that stand there already. */
  load(inputs: Inputs, columns: readonly SlottedColumn[], standing: readonly SlottedColumn[]): Result<null, string> {
    const prepared = this.#prepare(inputs, standing);
    if (!prepared.ok) return prepared;
    const { plan, given, clocks, columnOf } = prepared.value;
    const into = this.#slotted(columns, columnOf);
    const steps = stepsToward(plan.steps, into.keys(), new Set(given.keys()));
    runBatch({
      steps,
      columnCount: plan.columnCount,
      kept: new Set(into.keys()),
      clocks,
      given,
      into,
      arena: this.#arena,
    });
    return ok(null);
  }

  /**
   * The metrics of candidates over each span, in their order. Refused in words when bars are missing or inputs can't
   * be. Several go over the bars abreast, a piece at a time, so that the columns that they share come from the nearest
   * memory.
   */
  run(
    candidates: readonly Inputs[],
    standing: readonly SlottedColumn[],
    shouldStop?: () => boolean,
  ): Outcome<readonly (readonly Metrics[])[]> {
    const metrics: (readonly Metrics[])[] = [];
    let group: StartedCandidate[] = [];
    const finish = (): boolean => {
      const done = this.#runAbreast(group, shouldStop);
      metrics.push(...group.map(({ simulations }) => this.#metricsOf(simulations)));
      for (const { release } of group) release();
      group = [];
      return done;
    };
    for (const inputs of candidates) {
      const started = this.#start(inputs, standing);
      if (!started.ok) return refused(started.error);
      group.push(started.value);
      const own = group.reduce((sum, { ownColumns }) => sum + ownColumns, 0);
      const isFull =
        group.length >= abreastOver(this.#case.spans.length) || own * 8 * this.#case.bars.length >= MOST_OWN_BYTES;
      if (isFull && !finish()) return stopped();
    }
    return finish() ? ok(metrics) : stopped();
  }

  /** Computes what columns a candidate has of its own. */
  #start(inputs: Inputs, standing: readonly SlottedColumn[]): Result<StartedCandidate, string> {
    const { bars, settings, spans } = this.#case;
    const prepared = this.#prepare(inputs, standing);
    if (!prepared.ok) return prepared;
    const { plan, given, clocks } = prepared.value;
    const split = splitPlan(plan, new Set(given.keys()));
    const { columns, release } = runBatch({
      steps: split.whole,
      columnCount: plan.columnCount,
      kept: split.kept,
      clocks,
      given,
      arena: this.#arena,
    });
    const computed = split.whole.filter(({ kind }) => kind !== 'bars').flatMap(outputsOf);
    return ok({
      pieces: new Pieces(split, columns, this.#arena),
      release,
      ownColumns: computed.filter((column) => split.kept.has(column)).length,
      simulations: spans.map((span) => new Simulation({ plan, bars, span, settings, journal: null, record: null })),
    });
  }

  /** False when it was stopped. */
  #runAbreast(group: readonly StartedCandidate[], shouldStop: (() => boolean) | undefined): boolean {
    for (const piece of piecesOf(this.#extent)) {
      if (shouldStop?.()) return false;
      for (const { pieces, simulations } of group) {
        pieces.show(piece.from, piece.to);
        for (const simulation of simulations) simulation.advance(pieces);
      }
    }
    return true;
  }

  #metricsOf(simulations: readonly Simulation[]): Metrics[] {
    return this.#markets.flatMap((market, index) => {
      const simulation = simulations[index];
      return simulation ? [metricsOf(simulation, this.#case.settings, market)] : [];
    });
  }

  #prepare(inputs: Inputs, standing: readonly SlottedColumn[]) {
    const { formula } = this.#case;
    const plan = compile(formula, inputs);
    if (!plan.ok) return err(plan.error.map(({ message }) => message).join(' '));
    const clocks = this.#clocksOf(plan.value);
    if (!clocks.ok) return clocks;
    const columnOf = new Map([...columnKeys(plan.value)].map(([column, key]) => [key, column]));
    return ok({ plan: plan.value, clocks: clocks.value, columnOf, given: this.#slotted(standing, columnOf) });
  }

  /** The slots of those columns that a plan has. */
  #slotted(columns: readonly SlottedColumn[], columnOf: ReadonlyMap<string, number>): Map<number, Float64Array> {
    return new Map(
      columns.flatMap(({ key, slot }) => {
        const column = columnOf.get(key);
        const memory = this.#case.slots[slot];
        return column === undefined || !memory ? [] : [[column, memory] as const];
      }),
    );
  }

  /** Longer bars are made once, not for each candidate. */
  #clocksOf(plan: Plan): Result<readonly Bars[], string> {
    const clocks: Bars[] = [];
    for (const clock of plan.clocks) {
      const key = `${clock.symbol ?? ''}/${clock.timeframe ?? ''}`;
      const known = this.#clocks.get(key) ?? barsOfClock(clock, this.#case.bars, this.#case.feeds);
      this.#clocks.set(key, known);
      if (!known.ok) return known;
      clocks.push(known.value);
    }
    return ok(clocks);
  }
}
