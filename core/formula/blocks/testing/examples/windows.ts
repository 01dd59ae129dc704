import { _, type Examples } from '../worked-example.ts';

export const WINDOWS: Examples = {
  mean: [{ given: { source: [1, 2, 3, _, 5, 6, 7], timePeriod: 3 }, gives: [_, _, 2, _, _, _, 6] }],
  rank: [
    { given: { source: [1, 2, 3, 2, 5, 1], timePeriod: 4 }, gives: [_, _, _, 0.75, 1, 0.25] },
    { given: { source: [1, 2, _, 4, 3], timePeriod: 2 }, gives: [_, 1, _, _, 0.5] },
  ],
  percentile: [
    { given: { source: [4, 1, 3, 2, 10], timePeriod: 4 }, gives: [_, _, _, 2.5, 2.5] },
    { given: { source: [4, 1, 3, 2, 10], timePeriod: 4, percent: 0.25 }, gives: [_, _, _, 1.75, 1.75] },
    { given: { source: [4, 1, 3, _, 2, 9, 5], timePeriod: 3, percent: 0 }, gives: [_, _, 1, _, _, _, 2] },
    { given: { source: [4, 1, 3, _, 2, 9, 5], timePeriod: 3, percent: 1 }, gives: [_, _, 4, _, _, _, 9] },
  ],
  zscore: [
    {
      given: { source: [1, 2, 3, 3, 3, 0], timePeriod: 3 },
      gives: [_, _, Math.sqrt(1.5), Math.SQRT1_2, _, -Math.SQRT2],
    },
    // Where nothing varies, rounding is not a deviation.
    { given: { source: [0.1, 123.4, 0.3, 0.3, 0.3, 0.3], timePeriod: 2 }, gives: [_, 1, -1, _, _, _] },
  ],
};
