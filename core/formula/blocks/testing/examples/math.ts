import { _, type Examples } from '../worked-example.ts';

export const MATH: Examples = {
  add: [
    { given: { a: [1, 2, _, 1], b: [3, -2, 1, _] }, gives: [4, 0, _, _] },
    { given: { a: [1e308], b: [1e308] }, gives: [_] },
  ],
  sub: [{ given: { a: [1, 2, _, 1], b: [3, -2, 1, _] }, gives: [-2, 4, _, _] }],
  mul: [{ given: { a: [2, 2, _, 0], b: [3, -2, 1, _] }, gives: [6, -4, _, _] }],
  div: [{ given: { a: [6, 1, 0, _, 1], b: [3, 0, 0, 1, _] }, gives: [2, _, _, _, _] }],
  pow: [{ given: { a: [2, 9, -8, 0, _, 2], b: [3, 0.5, 0.5, -1, 2, _] }, gives: [8, 3, _, _, _, _] }],
  neg: [{ given: { x: [1, -2, _] }, gives: [-1, 2, _] }],
  mod: [{ given: { a: [7, -7, 7, 6, 5, _], b: [3, 3, -3, 3, 0, 1] }, gives: [1, 2, -2, 0, _, _] }],
  abs: [{ given: { x: [1, -2, _] }, gives: [1, 2, _] }],
  min: [{ given: { a: [1, 2, _, 1], b: [2, 1, 1, _] }, gives: [1, 1, _, _] }],
  max: [{ given: { a: [1, 2, _, 1], b: [2, 1, 1, _] }, gives: [2, 2, _, _] }],
  round: [{ given: { x: [0.4, 0.5, 2.5, -2.5, -2.6, _] }, gives: [0, 1, 3, -2, -3, _] }],
  floor: [{ given: { x: [1.9, -1.1, 2, _] }, gives: [1, -2, 2, _] }],
  ceil: [{ given: { x: [1.1, -1.9, 2, _] }, gives: [2, -1, 2, _] }],
  sign: [{ given: { x: [3, -0.1, 0, _] }, gives: [1, -1, 0, _] }],
  clamp: [
    { given: { x: [1, 5, 9, _], low: 2, high: 6 }, gives: [2, 5, 6, _] },
    { given: { x: [1, 1], low: [_, 0], high: [2, _] }, gives: [_, _] },
  ],
  sqrt: [{ given: { x: [4, 0, -1, _] }, gives: [2, 0, _, _] }],
  exp: [{ given: { x: [0, Math.LN2, 1000, _] }, gives: [1, 2, _, _] }],
  ln: [{ given: { x: [1, Math.E, 0, -1, _] }, gives: [0, 1, _, _, _] }],
  log10: [{ given: { x: [1, 1000, 0, -1, _] }, gives: [0, 3, _, _, _] }],
};
