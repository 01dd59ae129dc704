import type { Cell } from './cells.ts';
import { isShort, shortSumCell, shortSumColumn } from './short-sum.ts';
import { overStretches, restsFor, type Stretch } from './stretches.ts';

/**
 * The sum of the last `period` values, of which the newest weighs `period` and the oldest 1. As `sumCell` has it, a
 * window is the end of the last block and the beginning of this block, and nothing is taken away: `rising` counts the
 * values of this block from 1 on, each of them also weighs the bars that the end of the last block still has; `falling`
 * are the weighted sums of that end.
 */
export function weightedSumCell(period: number): Cell {
  if (isShort(period)) return shortSumCell(period, 1);
  // The values of this block; the weighted sums of the last block from each of its bars to its end, then 0; how many
  // values, whether there was a block, their plain and their weighted sum.
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

/** `weightedSumCell` over a whole column, divided by the sum of the weights, as `sumColumn` has it. */
export function weightedMeanColumn(source: Float64Array, out: Float64Array, length: number, period: number): boolean {
  const divisor = (period * (period + 1)) / 2;
  if (isShort(period)) return shortSumColumn(source, out, length, { period, slope: 1, divisor });
  const rests = restsFor(period, length);
  return overStretches(out, [rests], { length, period }, (stretch) =>
    weightedStretch(source, out, rests, stretch, divisor),
  );
}

/**
 * Weights that come from here are doubles from the beginning; the compiler would count in whole numbers, and convert
 * each weight at each bar.
 */
const WEIGHTS = Float64Array.of(0, 1);

/** From the start of a stretch to its end. */
function weightedStretch(
  source: Float64Array,
  out: Float64Array,
  rests: Float64Array,
  stretch: Stretch,
  divisor: number,
): number {
  const { start, length, period } = stretch;
  const [none = 0, one = 1] = WEIGHTS;
  let step = 1;
  let probe = 0;
  let bar = start;
  while (bar < length) {
    const end = Math.min(bar + period, length);
    let sum = 0;
    let rising = 0;
    let rest = 0;
    let falling = 0;
    let seen = none;
    let unseen = none + period;
    let slot = step > 0 ? 1 : period - 1;
    for (let back = end - 1; bar < end; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) break;
      seen += one;
      unseen -= one;
      sum += x;
      rising += x * seen;
      rest += source[back] ?? Number.NaN;
      falling += rest;
      const value = (rising + sum * unseen + (rests[slot] ?? Number.NaN)) / divisor;
      out[bar] = value;
      probe += value;
      rests[slot] = falling;
      slot += step;
      back -= 1;
    }
    stretch.probe = probe;
    if (bar < end) break;
    rests[step > 0 ? period : 0] = 0;
    step = -step;
  }
  return bar;
}
