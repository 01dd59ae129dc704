import type { Bars } from '../market/bars.ts';
import { err, ok, type Result } from '../result/result.ts';
import { computeMetrics } from './metrics.ts';
import type { Plan } from './plan.ts';
import type { BacktestResult } from './result.ts';
import { runColumns, type RunOptions } from './run-columns.ts';
import type { Settings } from './settings.ts';

/**
 * Trades a plan over bars that `checkBars` has let pass. The same plan, bars and settings give the same bits anywhere. Fails in words
 * when a feed that the formula reads is missing; never throws on any bars.
 */
export function backtest(plan: Plan, bars: Bars, settings: Settings, options: RunOptions = {}): Result<BacktestResult | 'stopped', string> {
  if (bars.length === 0) return err('There are no bars in this range.');
  const run = runColumns(plan, bars, settings, options);
  if (!run.ok) return err(run.error);
  if (run.value === 'stopped') return ok('stopped');
  const { simulator, equity, drawdown } = run.value;
  const { trades, rejected, signals, state } = simulator;
  const benchmark = buyAndHold(bars, settings.cash);
  const metrics = computeMetrics({
    timeframe: bars.timeframe, cash: settings.cash, equity, drawdown, benchmark, trades, barsHeld: state.barsHeld, turnover: state.turnover, commission: state.commission,
  });
  return ok({ settings, bars: bars.length, trades, rejected, signals, equity, drawdown, benchmark, metrics });
}

function buyAndHold({ close, length }: Bars, cash: number): Float64Array {
  const first = close[0] ?? Number.NaN;
  const benchmark = new Float64Array(length);
  for (let bar = 0; bar < length; bar += 1) benchmark[bar] = (cash * (close[bar] ?? Number.NaN)) / first;
  return benchmark;
}
