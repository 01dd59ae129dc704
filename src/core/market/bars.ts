/** Seconds are never used: every time in Alphaloom is UTC milliseconds since 1970. */
export type Timeframe = '1s' | '1m' | '5m' | '15m' | '30m' | '1h' | '4h' | '1d' | '1w' | '1M';

export const TIMEFRAMES: readonly Timeframe[] = ['1s', '1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w', '1M'];

/** One bar; `time` is its open in UTC milliseconds, prices are in the market's currency, volume in units. */
export interface Bar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/**
 * Bars in columns (48 B a bar), the form in which the engine, the worker and the database move them.
 * All columns have `length` entries; `time` is strictly increasing.
 */
export interface Bars {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** When each bar has closed, for bars that were made of shorter ones; others close a length behind their time. */
  readonly closes?: Float64Array;
}

export const BAR_COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
export type BarColumn = (typeof BAR_COLUMNS)[number];
