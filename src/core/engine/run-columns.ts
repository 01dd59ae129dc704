import type { Bars } from '../market/bars.ts';
import { err, ok, type Result } from '../result/result.ts';
import { runBatch } from './batch.ts';
import { barsOfClocks, type Feeds } from './feeds.ts';
import type { Plan } from './plan.ts';
import { createPositionSteps } from './position-steps.ts';
import { DueBars, passQuietBars } from './quiet-bars.ts';
import { Simulator } from './simulator.ts';
import type { Settings } from './settings.ts';

export interface RunOptions {
  /** Bars of other symbols. */
  readonly feeds?: Feeds;
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked now and then; true ends the run. */
  readonly shouldStop?: () => boolean;
}

export interface Run {
  readonly simulator: Simulator;
  /** Every column of the plan that is still alive, those of the position among them. */
  readonly columns: readonly (Float64Array | undefined)[];
  readonly equity: Float64Array;
  readonly drawdown: Float64Array;
}

/** Bars between two questions whether to stop: about a millisecond of work. */
const STRIDE = 16_384;

/** Columns first, then bar by bar what depends on the position. Fails in words when a feed has no bars. */
export function runColumns(plan: Plan, bars: Bars, settings: Settings, options: RunOptions = {}): Result<Run | 'stopped', string> {
  const clocks = barsOfClocks(plan, bars, options.feeds ?? new Map());
  if (!clocks.ok) return err(clocks.error);
  const { columns, take } = runBatch(plan, clocks.value);
  for (const step of plan.positionSteps) for (const column of step.kind === 'kernel' ? step.outputs : [step.output]) columns[column] = new Float64Array(bars.length);
  const steps = plan.positionSteps.length > 0 ? createPositionSteps(plan) : null;
  const simulator = new Simulator(plan, settings);
  const equity = take(bars.length);
  const drawdown = take(bars.length);
  const { time, open, high, low, close, length } = bars;
  const due = new DueBars(plan.actions, columns);
  for (let from = 0; from < length; from += STRIDE) {
    if (options.shouldStop?.()) return ok('stopped');
    options.onProgress?.(from, length);
    const to = Math.min(length, from + STRIDE);
    for (let bar = from; bar < to; bar += 1) {
      if (!steps) bar = passQuietBars(simulator.ledger, bars, bar, simulator.state.ruined ? to : due.nextFrom(bar, to), equity, drawdown);
      if (bar === to) break;
      const price = close[bar] ?? Number.NaN;
      simulator.openBar(time[bar] ?? 0, open[bar] ?? Number.NaN, high[bar] ?? Number.NaN, low[bar] ?? Number.NaN, price);
      steps?.run(simulator, columns, bar, price);
      simulator.closeBar(columns, bar);
      equity[bar] = simulator.state.equity;
      drawdown[bar] = simulator.drawdown;
    }
  }
  simulator.finish();
  if (length > 0) {
    equity[length - 1] = simulator.state.equity;
    drawdown[length - 1] = simulator.drawdown;
  }
  options.onProgress?.(length, length);
  return ok({ simulator, columns, equity, drawdown });
}
