import { _, type Examples } from '../worked-example.ts';

export const EVENTS: Examples = {
  barsSince: [{ given: { cond: [0, 0, 1, 0, 0, 1, 1] }, gives: [_, _, 0, 1, 2, 0, 0] }],
  count: [{ given: { cond: [1, 0, 1, 1, 1, 0], timePeriod: 3 }, gives: [_, _, 2, 2, 3, 2] }],
  cross: [
    { given: { x: [1, 2, 1, 2, 2], y: 1.5 }, gives: [0, 1, 1, 1, 0] },
    // Nothing is known of the bar before the first one and behind a missing one.
    { given: { x: [2, _, 1, 3], y: 1.5 }, gives: [0, 0, 0, 1] },
  ],
  crossover: [
    { given: { x: [1, 2, 1, 2, 2], y: 1.5 }, gives: [0, 1, 0, 1, 0] },
    // Who only touches has not crossed yet.
    { given: { x: [1, 2, 3, 2, 3], y: 2 }, gives: [0, 0, 1, 0, 1] },
    { given: { x: [1, 1, 1], y: [2, _, 0] }, gives: [0, 0, 0] },
  ],
  crossunder: [
    { given: { x: [2, 1, 2, 1, 1], y: 1.5 }, gives: [0, 1, 0, 1, 0] },
    { given: { x: [3, 2, 1, 2, 1], y: 2 }, gives: [0, 0, 1, 0, 1] },
  ],
  falling: [
    { given: { source: [5, 4, 4, 3], bars: 1 }, gives: [0, 1, 0, 1] },
    { given: { source: [5, 4, 3, 3, 2, 1], bars: 2 }, gives: [0, 0, 1, 0, 0, 1] },
    { given: { source: [3, _, 2, 1], bars: 1 }, gives: [0, 0, 0, 1] },
  ],
  rising: [
    { given: { source: [1, 2, 2, 3], bars: 1 }, gives: [0, 1, 0, 1] },
    { given: { source: [1, 2, 3, 3, 4, 5], bars: 2 }, gives: [0, 0, 1, 0, 0, 1] },
    { given: { source: [1, _, 2, 3], bars: 1 }, gives: [0, 0, 0, 1] },
  ],
  latch: [{ given: { set: [0, 1, 0, 0, 1, 1, 0], reset: [0, 0, 0, 1, 0, 1, 0] }, gives: [0, 1, 1, 0, 1, 0, 0] }],
  once: [{ given: { cond: [1, 1, 0, 1, 1, 0] }, gives: [1, 0, 0, 1, 0, 0] }],
  valueWhen: [{ given: { cond: [0, 1, 0, 1, 0], source: [5, 6, 7, _, 9] }, gives: [_, 6, 6, _, _] }],
  past: [
    { given: { x: [5, 6, _, 8], bars: 1 }, gives: [_, 5, 6, _] },
    { given: { x: [5, 6, _, 8], bars: 2 }, gives: [_, _, 5, 6] },
    { given: { x: [5, 6], bars: 0 }, gives: [5, 6] },
  ],
};
