import type { Formula } from '../../formula/formula.ts';
import type { Bars } from '../../market/bars.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { Arena } from '../arena.ts';
import { metricsOf } from '../backtest.ts';
import { runBatch } from '../batch.ts';
import { benchmarkOf, type Benchmark, type Span } from '../benchmark.ts';
import { compile } from '../compile.ts';
import { barsOfClock, type Feeds } from '../feeds.ts';
import { Pieces, splitPlan } from '../piecewise.ts';
import { stepsToward, type Plan } from '../plan.ts';
import type { Metrics } from '../result.ts';
import type { Settings } from '../settings.ts';
import { simulate } from '../simulate.ts';
import { columnKeys } from '../column-keys.ts';
import type { SlottedColumn } from './schedule.ts';
import type { Inputs } from './space.ts';

/** What all runs of a sweep have in common. Bars and slots may be in shared memory: several threads then work on one sweep. */
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

/** Runs candidates of a sweep one after the other, with memory that it uses again and again. */
export class Workbench {
  readonly #case: SweepCase;
  readonly #arena = new Arena();
  readonly #clocks = new Map<string, Result<Bars, string>>();
  readonly #benchmarks: readonly Benchmark[];

  constructor(given: SweepCase) {
    this.#case = given;
    this.#benchmarks = given.spans.map((span) => benchmarkOf(given.bars, span));
  }

  /** Computes shared columns of a candidate into their slots, from those that stand there already. */
  load(inputs: Inputs, columns: readonly SlottedColumn[], standing: readonly SlottedColumn[]): Result<null, string> {
    const prepared = this.#prepare(inputs, standing);
    if (!prepared.ok) return prepared;
    const { plan, given, clocks, columnOf } = prepared.value;
    const into = this.#slotted(columns, columnOf);
    const steps = stepsToward(plan.steps, into.keys(), new Set(given.keys()));
    runBatch({ steps, columnCount: plan.columnCount, kept: new Set(into.keys()), clocks, given, into, arena: this.#arena });
    return ok(null);
  }

  /** The metrics of a candidate over each span. Why not in words, when bars are missing or its inputs can't be. */
  run(inputs: Inputs, standing: readonly SlottedColumn[]): Result<readonly Metrics[], string> {
    const { bars, settings, spans } = this.#case;
    const prepared = this.#prepare(inputs, standing);
    if (!prepared.ok) return prepared;
    const { plan, given, clocks } = prepared.value;
    const split = splitPlan(plan, new Set(given.keys()));
    const batch = runBatch({ steps: split.whole, columnCount: plan.columnCount, kept: split.kept, clocks, given, arena: this.#arena });
    const pieces = new Pieces(split, batch.columns, this.#arena);
    const metrics = spans.map((span, index): Metrics => {
      const run = simulate({ plan, pieces, bars, span, settings, journal: null, record: null });
      const benchmark = this.#benchmarks[index];
      return run === 'stopped' || !benchmark ? {} : metricsOf(run, bars, settings, benchmark);
    });
    pieces.close();
    batch.release();
    return ok(metrics);
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
    return new Map(columns.flatMap(({ key, slot }) => {
      const column = columnOf.get(key);
      const memory = this.#case.slots[slot];
      return column === undefined || !memory ? [] : [[column, memory] as const];
    }));
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
