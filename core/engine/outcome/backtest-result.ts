import type { NodeId } from '#core/formula/model/formula.ts';
import type { ExitReason } from '#core/trading/fill.ts';
import type { Metrics } from '../figures/metrics.ts';
import type { Settings } from './settings.ts';

export type Side = 'long' | 'short';

export interface Trade {
  readonly side: Side;
  readonly units: number;
  readonly entryBar: number;
  readonly entryTime: number;
  readonly entryPrice: number;
  readonly exitBar: number;
  readonly exitTime: number;
  readonly exitPrice: number;
  /** Profit before and after commission, in money. */
  readonly gross: number;
  readonly net: number;
  /** Net profit as a fraction of what the entry cost. */
  readonly return: number;
  readonly commission: number;
  readonly barsHeld: number;
  /**
   * Largest adverse and favourable excursion of the prices seen while open, all fills among them, as fractions of the
   * entry price (MAE ≤ 0 ≤ MFE).
   */
  readonly mae: number;
  readonly mfe: number;
  readonly reason: ExitReason;
  /** The action node that opened it, and the one that closed it (none for stops and ends). */
  readonly entryNode: NodeId;
  readonly exitNode?: NodeId;
}

export interface RejectedOrder {
  readonly bar: number;
  readonly time: number;
  readonly node: NodeId;
  readonly reason: string;
}

export type SignalKind = 'buy' | 'sell' | 'short' | 'cover' | 'info';

/**
 * Something is to be done: an action that led to an order when the bar closed, or an `info` whose condition became
 * true.
 */
export interface Signal {
  readonly bar: number;
  /** Open of the bar, UTC milliseconds. */
  readonly time: number;
  readonly node: NodeId;
  readonly kind: SignalKind;
  /** Close of the bar. */
  readonly price: number;
  readonly note?: string;
}

export interface BacktestResult {
  readonly settings: Settings;
  readonly bars: number;
  readonly trades: readonly Trade[];
  readonly rejected: readonly RejectedOrder[];
  readonly signals: readonly Signal[];
  /** Money at each bar's close. */
  readonly equity: Float64Array;
  /** 0 at a peak, negative below it, as a fraction, at each bar's close. */
  readonly drawdown: Float64Array;
  /** Buy and hold from the first bar's close with the same cash. */
  readonly benchmark: Float64Array;
  readonly metrics: Metrics;
}
