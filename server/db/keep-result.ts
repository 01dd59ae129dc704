import type { KeptMetrics, Metrics } from '#core/engine/figures/metrics.ts';
import type { BacktestResult, Trade } from '#core/engine/outcome/backtest-result.ts';
import { sketchOf } from '#core/engine/outcome/sketch.ts';
import type { ForwardWindow, WalkForward } from '#core/engine/sweep/walk-forward.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { definedOf, finiteOf } from './numbers.ts';

/**
 * A result as the database keeps it. The thread writes its lists as JSON: a hundred thousand trades would stop the
 * process that answers people.
 */
export interface KeptResult {
  readonly metrics: Metrics;
  /** JSON. */
  readonly lists: { readonly trades: string; readonly rejected: string; readonly signals: string };
  readonly equity: Float64Array;
  readonly drawdown: Float64Array;
  readonly benchmark: Float64Array;
  /** The equity as lists show it. */
  readonly sketch: readonly number[];
}

/** A walk-forward's trading out of sample, but for its columns. */
export interface StoredForward {
  readonly windows: readonly ForwardWindow[];
  /** Null where it is undefined. */
  readonly efficiency: number | null;
  readonly metrics: KeptMetrics;
  readonly trades: readonly Trade[];
}

export interface KeptForward extends Pick<WalkForward, 'span' | 'metrics' | 'equity' | 'drawdown' | 'benchmark'> {
  /** `StoredForward` as JSON. */
  readonly json: string;
}

/** Why not, in words, when the lists have more than `most` bytes. */
export function keepResult(
  { metrics, trades, rejected, signals, equity, drawdown, benchmark }: BacktestResult,
  most: number,
): Result<KeptResult, string> {
  const lists = {
    trades: JSON.stringify(trades),
    rejected: JSON.stringify(rejected),
    signals: JSON.stringify(signals),
  };
  const bytes = lists.trades.length + lists.rejected.length + lists.signals.length;
  const what = `${trades.length.toLocaleString('en')} trades, ${signals.length.toLocaleString('en')} signals and ${rejected.length.toLocaleString('en')} rejected orders`;
  return bytes > most
    ? err(tooLarge(what, bytes, most))
    : ok({ metrics, lists, equity, drawdown, benchmark, sketch: sketchOf(equity) });
}

export function keepForward(
  { span, windows, efficiency, metrics, trades, equity, drawdown, benchmark }: WalkForward,
  most: number,
): Result<KeptForward, string> {
  const stored: StoredForward = {
    windows: windows.map(withoutNaN),
    efficiency: finiteOf(efficiency),
    metrics: definedOf(metrics),
    trades,
  };
  const json = JSON.stringify(stored);
  const what = `${windows.length.toLocaleString('en')} windows and ${trades.length.toLocaleString('en')} trades`;
  return json.length > most
    ? err(tooLarge(what, json.length, most))
    : ok({ span, metrics, json, equity, drawdown, benchmark });
}

const withoutNaN = (window: ForwardWindow): ForwardWindow => ({
  ...window,
  inSampleMetrics: window.inSampleMetrics && definedOf(window.inSampleMetrics),
  outOfSampleMetrics: window.outOfSampleMetrics && definedOf(window.outOfSampleMetrics),
});

const tooLarge = (what: string, bytes: number, most: number): string =>
  `The result has ${what}, ${Math.round(bytes / 1e6)} MB, and ${Math.round(most / 1e6)} MB can be kept: take fewer bars, or a strategy that trades less often.`;
