import { _, type Examples } from '../worked-example.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Bars whose typical price is `price`. */
const traded = (price: readonly number[], volume: readonly number[]) => ({
  high: price.map((x) => x + 1),
  low: price.map((x) => x - 1),
  close: price,
  volume,
});

export const BEYOND_TALIB: Examples = {
  vwap: [
    // (10 + 3 × 20) / 4 = 17.5; a new day begins at the third bar, on which nothing is traded; (2 × 40 + 2 × 20) / 4 =
    // 30.
    {
      given: {
        time: [0, HOUR, DAY, DAY + HOUR, DAY + 2 * HOUR, DAY + 3 * HOUR],
        ...traded([10, 20, 30, 40, _, 20], [1, 3, 0, 2, 5, 2]),
      },
      gives: [10, 17.5, _, 40, _, 30],
    },
    // The epoch is a Thursday: the fourth day behind it begins a week.
    {
      given: { anchor: 'week', time: [0, DAY, 4 * DAY, 5 * DAY], ...traded([10, 20, 30, 40], [1, 1, 1, 1]) },
      gives: [10, 15, 30, 35],
    },
    {
      given: { anchor: 'month', time: [0, 30 * DAY, 31 * DAY], ...traded([10, 20, 30], [1, 1, 1]) },
      gives: [10, 15, 30],
    },
  ],
  donchian: [
    {
      given: { high: [10, 12, 11, 9], low: [8, 9, 7, 6], timePeriod: 2 },
      gives: { upper: [_, 12, 12, 11], middle: [_, 10, 9.5, 8.5], lower: [_, 8, 7, 6] },
    },
    {
      given: { high: [10, _, 11, 9], low: [8, 9, 7, 6], timePeriod: 2 },
      gives: { upper: [_, _, _, 11], middle: [_, _, _, 8.5], lower: [_, 8, 7, 6] },
    },
  ],
  keltner: [
    // True ranges 3, 3, 5; the average begins with (9 + 11) / 2 and then goes two thirds of the way to each close.
    {
      given: {
        high: [10, 12, 14, 13],
        low: [8, 9, 11, 8],
        close: [9, 11, 13, 9],
        timePeriod: 2,
        multiplier: 2,
        atrPeriod: 1,
      },
      gives: { upper: [_, 16, 18, 20], middle: [_, 10, 12, 10], lower: [_, 4, 6, 0] },
    },
  ],
  supertrend: [
    // True ranges 2, 2, 2, 3.5, 1, 2 (the first bar has its own range) around the middles 9, 10, 11, 13.5, 13.5, 12. It
    // begins above the price, at 11, from where it does not move up; a close of 11.5 is beyond it: the line is now the
    // lower band, 9, and rises to 12.5, until a close of 11 is below.
    {
      given: {
        high: [10, 11, 12, 15, 14, 13],
        low: [8, 9, 10, 12, 13, 11],
        close: [9, 10, 11.5, 14, 13, 11],
        timePeriod: 1,
        multiplier: 1,
      },
      gives: { line: [11, 11, 9, 10, 12.5, 14], direction: [-1, -1, 1, 1, 1, -1] },
    },
  ],
  ichimoku: [
    // Middles of one bar: 9, 11, 12, 11, 9; of two: 10, 12, 12, 9.5; of three: 11, 12, 10.5. The cloud is that of the
    // bar before.
    {
      given: {
        high: [10, 12, 14, 12, 11],
        low: [8, 10, 10, 10, 7],
        conversionPeriod: 1,
        basePeriod: 2,
        spanBPeriod: 3,
        displacement: 1,
      },
      gives: {
        conversion: [_, _, _, 11, 9],
        base: [_, _, _, 12, 9.5],
        spanA: [_, _, _, 12, 11.5],
        spanB: [_, _, _, 11, 12],
      },
    },
  ],
  heikinAshi: [
    {
      given: { open: [10, 11, 12, 12], high: [12, 13, 13, 13], low: [9, 10, 11, 12], close: [11, 12, _, 13] },
      gives: { open: [10.5, 10.5, _, 11], high: [12, 13, _, 13], low: [9, 10, _, 11], close: [10.5, 11.5, _, 12.5] },
    },
  ],
  // Halves 20, 30, 30; wholes 12, 21, 27: twice the first less the second is 28, 39, 33, of which the newer counts
  // twice.
  hma: [{ given: { source: [0, 0, 0, 30, 30, 30], timePeriod: 4 }, gives: [_, _, _, _, 106 / 3, 35] }],
  // Moved ahead: 3, 6, 12, 24; the average begins with 7 and then goes half the way.
  zlema: [{ given: { source: [1, 2, 4, 8, 16], timePeriod: 3 }, gives: [_, _, _, 7, 15.5] }],
};
