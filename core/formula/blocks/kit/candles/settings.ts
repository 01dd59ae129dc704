/** What is measured of a candle: its body, its whole range, or both shadows together. */
export type Measure = 'body' | 'range' | 'shadows';

/** A length that is usual around a candle: the mean of a measure over the candles before it, times a factor. */
export interface CandleSetting {
  readonly measure: Measure;
  /** Candles before the one in question whose mean is taken; with 0 it is measured by itself. */
  readonly period: number;
  readonly factor: number;
}

/** The defaults of TA-Lib 0.6 (TA_SetCandleSettings): what the words in the descriptions of patterns mean. */
export const SETTINGS = {
  /** A body is long above this. */
  longBody: { measure: 'body', period: 10, factor: 1 },
  /** A body is short up to this. */
  shortBody: { measure: 'body', period: 10, factor: 1 },
  /** Open and close are about the same up to this. */
  dojiBody: { measure: 'range', period: 10, factor: 0.1 },
  /** A shadow is long above this: the candle's own body. */
  longShadow: { measure: 'body', period: 0, factor: 1 },
  /** A shadow is very long above this: twice the candle's own body. */
  veryLongShadow: { measure: 'body', period: 0, factor: 2 },
  /** A shadow is short below this: half of what both shadows usually have together. */
  shortShadow: { measure: 'shadows', period: 10, factor: 1 },
  /** As good as no shadow below this. */
  veryShortShadow: { measure: 'range', period: 10, factor: 0.1 },
  /** How far apart what is "near" may lie. */
  near: { measure: 'range', period: 5, factor: 0.2 },
  /** How far apart what is "far" lies at least. */
  far: { measure: 'range', period: 5, factor: 0.6 },
  /** How far apart what is "equal" may lie. */
  equal: { measure: 'range', period: 5, factor: 0.05 },
} as const satisfies Readonly<Record<string, CandleSetting>>;

export type SettingName = keyof typeof SETTINGS;
