/**
 * How long a bar lasts: a whole number of seconds, minutes, hours, days, weeks or months, in the one form that
 * `parseTimeframe` gives it (`1h`, never `60m`). Times are UTC milliseconds since 1970 all over Alphaloom.
 */
export type Timeframe = `${number}${'s' | 'm' | 'h' | 'd' | 'w' | 'M'}`;

/**
 * One bar; `time` is its open in UTC milliseconds, prices are in the market's currency, volume in units; NaN where it
 * is not known.
 */
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
  /**
   * Of bars that are a part of a market: how many all of its bars are a year, by which the part annualises too; NaN
   * when they span less than a week. Left out: these are all.
   */
  readonly barsPerYear?: number;
}

export const BAR_COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
export type BarColumn = (typeof BAR_COLUMNS)[number];
