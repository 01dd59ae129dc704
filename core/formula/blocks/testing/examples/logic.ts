import { _, type Examples } from '../worked-example.ts';

export const LOGIC: Examples = {
  and: [{ given: { a: [1, 1, 0, 0], b: [1, 0, 1, 0] }, gives: [1, 0, 0, 0] }],
  or: [{ given: { a: [1, 1, 0, 0], b: [1, 0, 1, 0] }, gives: [1, 1, 1, 0] }],
  // What is missing (a condition a bar before the first) is not true.
  not: [{ given: { x: [1, 0, _] }, gives: [0, 1, 1] }],
  // A comparison with na is false, whichever it is.
  gt: [{ given: { a: [2, 1, 1, _, 1], b: [1, 1, 2, 1, _] }, gives: [1, 0, 0, 0, 0] }],
  gte: [{ given: { a: [2, 1, 1, _, 1], b: [1, 1, 2, 1, _] }, gives: [1, 1, 0, 0, 0] }],
  lt: [{ given: { a: [2, 1, 1, _, 1], b: [1, 1, 2, 1, _] }, gives: [0, 0, 1, 0, 0] }],
  lte: [{ given: { a: [2, 1, 1, _, 1], b: [1, 1, 2, 1, _] }, gives: [0, 1, 1, 0, 0] }],
  eq: [{ given: { a: [2, 1, _, _], b: [1, 1, 1, _] }, gives: [0, 1, 0, 0] }],
  neq: [{ given: { a: [2, 1, _, _], b: [1, 1, 1, _] }, gives: [1, 0, 0, 0] }],
  between: [
    { given: { x: [1, 2, 3, 4, 5, _], low: 2, high: 4 }, gives: [0, 1, 1, 1, 0, 0] },
    { given: { x: [1, 1], low: [_, 0], high: [2, _] }, gives: [0, 0] },
  ],
  where: [{ given: { cond: [1, 0, 1, 0], a: [1, 2, _, 4], b: [10, 20, 30, _] }, gives: [1, 20, _, _] }],
  na: [{ given: { x: [1, _, 0] }, gives: [0, 1, 0] }],
  nz: [
    { given: { x: [1, _, 0] }, gives: [1, 0, 0] },
    { given: { x: [1, _, _], y: [7, 8, _] }, gives: [1, 8, _] },
  ],
};
