import type { Cell } from './cells.ts';

/** Sum and sum of squares of what the values of a window are away from one of them. */
export interface Moments {
  readonly memory: readonly Float64Array[];
  /** Takes a value; whether the window is full and free of `na`. */
  next(x: number): boolean;
  /** How far the newest value lies above the mean of the window. */
  distance(): number;
  /** The population variance of the window: never below 0, and 0 where all values are the same. */
  variance(): number;
}

/**
 * The variance of n values by the sum of their distances from one of them and by the sum of the squares of these. Since the reference is one of the values,
 * the squares are at most n times what is left of them: no offset of the values, however large, takes digits from the result.
 */
export const varianceOfSums = (sum: number, squares: number, share: number): number =>
  Math.max((squares - sum * sum * share) * share, 0);

/**
 * The reference is the last value of the last block, which stays in the window until its last bar is the last of a block; then it is that bar. As in
 * `sumCell` nothing is taken away from a sum.
 */
export function moments(period: number): Moments {
  const share = 1 / period;
  // The values of this block; sums, then squares of the last block from each of its bars to its end, then 0.
  const memory = new Float64Array(3 * period + 2);
  const [rests, squareRests] = [period, 2 * period + 1];
  // How many values, whether there was a block; the reference, the sums of this block; the sums of the window, and what the newest value is away from the reference.
  const state = new Float64Array(8);
  const [count, isSecond, reference, sum, squares, windowSum, windowSquares, newest] = [0, 1, 2, 3, 4, 5, 6, 7];
  /** The sums of this block from each of its bars to its end, away from its last value. */
  const turn = (last: number): void => {
    let total = 0;
    let squareTotal = 0;
    for (let slot = period - 1; slot >= 0; slot -= 1) {
      const away = (memory[slot] ?? 0) - last;
      memory[rests + slot] = total += away;
      memory[squareRests + slot] = squareTotal += away * away;
    }
    state[count] = 0;
    state[isSecond] = 1;
    state[reference] = last;
    state[sum] = 0;
    state[squares] = 0;
    state[windowSum] = total;
    state[windowSquares] = squareTotal;
    state[newest] = 0;
  };
  return {
    memory: [memory, state],
    next: (x) => {
      if (Number.isNaN(x)) {
        memory.fill(0);
        state.fill(0);
        return false;
      }
      const at = state[count] ?? 0;
      memory[at] = x;
      if (at + 1 === period) {
        turn(x);
        return true;
      }
      const away = x - (state[reference] ?? 0);
      state[count] = at + 1;
      state[newest] = away;
      state[sum] = (state[sum] ?? 0) + away;
      state[squares] = (state[squares] ?? 0) + away * away;
      state[windowSum] = state[sum] + (memory[rests + at + 1] ?? 0);
      state[windowSquares] = state[squares] + (memory[squareRests + at + 1] ?? 0);
      return state[isSecond] === 1;
    },
    distance: () => (state[newest] ?? 0) - (state[windowSum] ?? 0) * share,
    variance: () => varianceOfSums(state[windowSum] ?? 0, state[windowSquares] ?? 0, share),
  };
}

export function varianceCell(period: number): Cell {
  const window = moments(period);
  return { memory: window.memory, next: (x) => (window.next(x) ? window.variance() : Number.NaN) };
}

/**
 * `varianceCell` over a whole column. As in `sumColumn` a block is summed from both of its ends at once: the reference of the next block, its last value, is
 * read ahead.
 */
export function varianceColumn(source: Float64Array, out: Float64Array, length: number, period: number): void {
  const rests = new Float64Array(Math.min(period, length) + 1);
  const squareRests = new Float64Array(Math.min(period, length) + 1);
  for (let bar = 0; bar < length; bar += 1) {
    bar = varianceStretch(source, out, rests, squareRests, { start: bar, length, period });
    if (bar < length) out[bar] = Number.NaN;
  }
}

interface Stretch {
  readonly start: number;
  readonly length: number;
  readonly period: number;
}

/** From `start` to the next `na`, whose bar it gives. */
function varianceStretch(
  source: Float64Array,
  out: Float64Array,
  rests: Float64Array,
  squareRests: Float64Array,
  { start, length, period }: Stretch,
): number {
  const share = 1 / period;
  rests.fill(Number.NaN);
  let reference = Number.NaN;
  let step = 1;
  let bar = start;
  while (bar + period <= length) {
    const first = bar;
    const end = bar + period - 1;
    const next = source[end] ?? Number.NaN;
    let sum = 0;
    let squares = 0;
    let rest = 0;
    let squareRest = 0;
    let slot = step > 0 ? 1 : period - 1;
    for (let back = end; bar < end; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) return bar;
      const away = x - reference;
      sum += away;
      squares += away * away;
      const whole = sum + (rests[slot] ?? Number.NaN);
      const spread = squares + (squareRests[slot] ?? Number.NaN);
      out[bar] = Math.max((spread - whole * whole * share) * share, 0);
      const behind = (source[back] ?? Number.NaN) - next;
      rest += behind;
      squareRest += behind * behind;
      rests[slot] = rest;
      squareRests[slot] = squareRest;
      slot += step;
      back -= 1;
    }
    if (Number.isNaN(next)) return end;
    const behind = (source[first] ?? Number.NaN) - next;
    rest += behind;
    squareRest += behind * behind;
    out[end] = Math.max((squareRest - rest * rest * share) * share, 0);
    reference = next;
    step = -step;
    bar += 1;
  }
  let sum = 0;
  let squares = 0;
  for (let slot = step > 0 ? 1 : period - 1; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    if (Number.isNaN(x)) return bar;
    const away = x - reference;
    sum += away;
    squares += away * away;
    const whole = sum + (rests[slot] ?? Number.NaN);
    out[bar] = Math.max((squares + (squareRests[slot] ?? Number.NaN) - whole * whole * share) * share, 0);
    slot += step;
  }
  return length;
}
