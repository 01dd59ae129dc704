import type { Measure } from './settings.ts';

/** Open, high, low, close. */
export type Columns = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/**
 * The candles up to the one at `at`, by their age: 0 is that one, 1 the one before. In batch they are the columns of
 * the bars (`mask` -1); bar by bar they are rings whose length is a power of two (`mask` is one less).
 */
export class Candles {
  at = 0;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Running totals of the averages that the pattern asks for, in the order in which it does. */
  readonly totals: Float64Array;
  /** How deep a candle must reach into another, as a fraction of its body. */
  readonly penetration: number;
  readonly #mask: number;

  constructor(columns: Columns, mask: number, totals: Float64Array, penetration: number) {
    [this.open, this.high, this.low, this.close] = columns;
    this.#mask = mask;
    this.totals = totals;
    this.penetration = penetration;
  }

  /** Writes the candle at `at`. */
  put(values: Float64Array): void {
    const slot = this.at & this.#mask;
    this.open[slot] = values[0] ?? Number.NaN;
    this.high[slot] = values[1] ?? Number.NaN;
    this.low[slot] = values[2] ?? Number.NaN;
    this.close[slot] = values[3] ?? Number.NaN;
  }

  openOf(age: number): number {
    return this.open[(this.at - age) & this.#mask] ?? Number.NaN;
  }

  highOf(age: number): number {
    return this.high[(this.at - age) & this.#mask] ?? Number.NaN;
  }

  lowOf(age: number): number {
    return this.low[(this.at - age) & this.#mask] ?? Number.NaN;
  }

  closeOf(age: number): number {
    return this.close[(this.at - age) & this.#mask] ?? Number.NaN;
  }

  /** The upper end of the body. */
  topOf(age: number): number {
    return Math.max(this.openOf(age), this.closeOf(age));
  }

  /** The lower end of the body. */
  bottomOf(age: number): number {
    return Math.min(this.openOf(age), this.closeOf(age));
  }

  measure(measure: Measure, age: number): number {
    switch (measure) {
      case 'body':
        return Math.abs(this.closeOf(age) - this.openOf(age));
      case 'range':
        return this.highOf(age) - this.lowOf(age);
      case 'shadows':
        return this.highOf(age) - this.topOf(age) + (this.bottomOf(age) - this.lowOf(age));
    }
  }
}
