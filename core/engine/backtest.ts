import type { Bars } from '#core/market/bars.ts';
import { refused, type Outcome } from '#core/result/outcome.ts';
import { ok } from '#core/result/result.ts';
import { benchmarkOf, holdingOf, type Benchmark, type Span } from './figures/benchmark.ts';
import { calendarOf, type Calendar } from './figures/calendar.ts';
import { computeMetrics } from './figures/metrics.ts';
import type { Metrics } from './figures/metrics.ts';
import type { BacktestResult } from './outcome/backtest-result.ts';
import type { Settings } from './outcome/settings.ts';
import type { Plan } from './plan/plan.ts';
import { runColumns, wholeSpan, type Run, type RunOptions } from './run-columns.ts';
import type { Simulation } from './simulation/simulation.ts';

/**
 * Trades a plan over bars that `checkBars` has let pass. The same plan, bars and settings give the same bits anywhere.
 * Refused in words when a feed that the formula reads is missing; never throws on any bars.
 */
export function backtest(
  plan: Plan,
  bars: Bars,
  settings: Settings,
  options: RunOptions = {},
): Outcome<BacktestResult> {
  const span = options.span ?? wholeSpan(bars);
  if (span.to <= span.from) return refused('There are no bars in this range.');
  const run = runColumns(plan, bars, settings, options);
  return run.ok ? ok(resultOf(run.value, bars, span, settings)) : run;
}

/** What a run over a span of bars comes to. */
export function resultOf(run: Run, bars: Bars, span: Span, settings: Settings): BacktestResult {
  const metrics = metricsOf(run.simulation, settings, marketOf(bars, span));
  return {
    settings,
    bars: span.to - span.from,
    ...run.journal,
    ...run.record,
    benchmark: holdingOf(bars, span, settings.cash),
    metrics,
  };
}

/** What a run is measured by: its market over the same bars, which many runs share. */
export interface Market {
  readonly benchmark: Benchmark;
  readonly calendar: Calendar;
}

export const marketOf = (bars: Bars, span: Span): Market => ({
  benchmark: benchmarkOf(bars, span),
  calendar: calendarOf(bars, span),
});

export function metricsOf({ simulator, tally }: Simulation, { cash }: Settings, market: Market): Metrics {
  const { record, state } = simulator;
  const { barsHeld, turnover, commission } = state;
  return computeMetrics({
    ...market,
    cash,
    equity: tally.figures(),
    trades: record.tally.figures(),
    barsHeld,
    turnover,
    commission,
  });
}
