import type { Cell } from './cells.ts';
import { overStretches, restsFor, type Stretch } from './stretches.ts';

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
 * The variance of n values by the sum of their distances from one of them and by the sum of the squares of these. Since
 * the reference is one of the values, the squares are at most n times what is left of them: no offset of the values,
 * however large, takes digits from the result.
 */
export const varianceOfSums = (sum: number, squares: number, share: number): number =>
  Math.max((squares - sum * sum * share) * share, 0);

/**
 * The reference is the last value of the last block, which stays in the window until its last bar is the last of a
 * block; then it is that bar. As in `sumCell` nothing is taken away from a sum.
 */
export function moments(period: number): Moments {
  const share = 1 / period;
  // The values of this block; sums, then squares of the last block from each of its bars to its end, then 0.
  const memory = new Float64Array(3 * period + 2);
  const [rests, squareRests] = [period, 2 * period + 1];
  // How many values, whether there was a block; the reference, the sums of this block; the sums of the window, and what
  // the newest value is away from the reference.
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
 * `varianceCell` over a whole column. As in `sumColumn` a block is summed from both of its ends at once: the reference
 * of the next block, its last value, is read ahead.
 */
export function varianceColumn(source: Float64Array, out: Float64Array, length: number, period: number): void {
  const [rests, squareRests] = [restsFor(period, length), restsFor(period, length)];
  overStretches(out, [rests, squareRests], { length, period }, (stretch) =>
    varianceStretch(source, out, rests, squareRests, stretch),
  );
}

/** From the start of a stretch to its end. */
function varianceStretch(
  source: Float64Array,
  out: Float64Array,
  rests: Float64Array,
  squareRests: Float64Array,
  { start, length, period }: Stretch,
): number {
  const share = 1 / period;
  let reference = source[start] ?? Number.NaN;
  let step = 1;
  let bar = start;
  while (bar < length) {
    const whole = bar + period;
    const end = Math.min(whole, length);
    const next = source[end - 1] ?? Number.NaN;
    let sum = 0;
    let squares = 0;
    let rest = 0;
    let squareRest = 0;
    let slot = step > 0 ? 1 : period - 1;
    for (let back = end - 1; bar < end; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) break;
      const away = x - reference;
      sum += away;
      squares += away * away;
      const distances = sum + (rests[slot] ?? Number.NaN);
      out[bar] = varianceOfSums(distances, squares + (squareRests[slot] ?? Number.NaN), share);
      const behind = (source[back] ?? Number.NaN) - next;
      rest += behind;
      squareRest += behind * behind;
      rests[slot] = rest;
      squareRests[slot] = squareRest;
      slot += step;
      back -= 1;
    }
    if (bar < whole) break;
    // The last window is the block: the sums to its end are those of the window.
    out[end - 1] = varianceOfSums(rest, squareRest, share);
    const behind = step > 0 ? period : 0;
    rests[behind] = 0;
    squareRests[behind] = 0;
    reference = next;
    step = -step;
  }
  return bar;
}
