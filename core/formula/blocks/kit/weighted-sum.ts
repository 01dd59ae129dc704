import type { Cell } from './cells.ts';
import { hasInfinite } from './finite.ts';

/**
 * The sum of the last `period` values, of which the newest weighs `period` and the oldest 1. As `sumCell` has it, a window is the end of the last block
 * and the beginning of this block, and nothing is taken away: `rising` counts the values of this block from 1 on, each of them also weighs the
 * bars that the end of the last block still has; `falling` are the weighted sums of that end.
 */
export function weightedSumCell(period: number): Cell {
  // The values of this block; the weighted sums of the last block from each of its bars to its end, then 0; how many values, whether there was a block, their plain and their weighted sum.
  const memory = new Float64Array(2 * period + 5);
  const [count, isSecond, plain, rising] = [2 * period + 1, 2 * period + 2, 2 * period + 3, 2 * period + 4];
  return {
    memory: [memory],
    next: (x) => {
      if (Number.isNaN(x)) {
        memory.fill(0);
        return Number.NaN;
      }
      const at = memory[count] ?? 0;
      const sum = (memory[plain] ?? 0) + x;
      const weighted = (memory[rising] ?? 0) + x * (at + 1);
      memory[at] = x;
      if (at + 1 < period) {
        memory[count] = at + 1;
        memory[plain] = sum;
        memory[rising] = weighted;
        return memory[isSecond] === 1
          ? weighted + sum * (period - at - 1) + (memory[period + at + 1] ?? 0)
          : Number.NaN;
      }
      let rest = 0;
      let falling = 0;
      for (let slot = period - 1; slot > 0; slot -= 1) {
        rest += memory[slot] ?? 0;
        memory[period + slot] = falling += rest;
      }
      memory[count] = 0;
      memory[isSecond] = 1;
      memory[plain] = 0;
      memory[rising] = 0;
      return weighted;
    },
  };
}

/**
 * `weightedSumCell` over a whole column, divided by the sum of the weights; gives whether it knows that no infinite number is in `out`. As in `sumColumn` a
 * block is summed from both of its ends at once, and `probe` is finite only if all values of a block are.
 */
export function weightedMeanColumn(source: Float64Array, out: Float64Array, length: number, period: number): boolean {
  const rests = new Float64Array(Math.min(period, length) + 1);
  const pass = { start: 0, length, period, isFinite: true };
  for (let bar = 0; bar < length; bar += 1) {
    pass.start = bar;
    bar = weightedStretch(source, out, rests, pass);
    if (bar === length) break;
    if (hasInfinite(out, Math.max(pass.start, bar - period), bar)) pass.isFinite = false;
    out[bar] = Number.NaN;
  }
  return pass.isFinite;
}

interface Pass {
  readonly start: number;
  readonly length: number;
  readonly period: number;
  /** Whether all blocks that are complete are known to have no infinite number. */
  isFinite: boolean;
}

/** Weights that come from here are doubles from the beginning; the compiler would count in whole numbers, and convert each weight at each bar. */
const WEIGHTS = Float64Array.of(0, 1);

/** From `start` to the next `na`, whose bar it gives. `rests` is as long as the window and one more. */
function weightedStretch(source: Float64Array, out: Float64Array, rests: Float64Array, pass: Pass): number {
  const { start, length, period } = pass;
  const [none = 0, one = 1] = WEIGHTS;
  const all = none + period;
  const divider = (period * (period + 1)) / 2;
  rests.fill(Number.NaN);
  let step = 1;
  let bar = start;
  while (bar + period <= length) {
    const first = bar;
    const end = bar + period - 1;
    let sum = 0;
    let rising = 0;
    let rest = 0;
    let falling = 0;
    let probe = 0;
    let seen = none;
    let unseen = all;
    let slot = step > 0 ? 1 : period - 1;
    for (let back = end; bar < end; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) return bar;
      seen += one;
      unseen -= one;
      sum += x;
      rising += x * seen;
      rest += source[back] ?? Number.NaN;
      falling += rest;
      const value = (rising + sum * unseen + (rests[slot] ?? Number.NaN)) / divider;
      out[bar] = value;
      probe += value;
      rests[slot] = falling;
      slot += step;
      back -= 1;
    }
    const x = source[end] ?? Number.NaN;
    if (Number.isNaN(x)) return end;
    const value = (rising + x * all) / divider;
    out[end] = value;
    probe += value;
    if (probe - probe !== 0 && hasInfinite(out, first, end + 1)) pass.isFinite = false;
    step = -step;
    bar += 1;
  }
  const last = bar;
  let sum = 0;
  let rising = 0;
  let seen = none;
  for (let slot = step > 0 ? 1 : period - 1; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    if (Number.isNaN(x)) return bar;
    seen += one;
    sum += x;
    rising += x * seen;
    out[bar] = (rising + sum * (all - seen) + (rests[slot] ?? Number.NaN)) / divider;
    slot += step;
  }
  if (hasInfinite(out, last, length)) pass.isFinite = false;
  return length;
}
