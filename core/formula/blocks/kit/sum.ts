import type { Cell } from './cells.ts';
import { isShort, shortSumCell, shortSumColumn } from './short-sum.ts';
import { overStretches, restsFor, type Stretch } from './stretches.ts';

/**
 * The sum of the last `period` values, as exact as if each window were summed anew, in O(1) amortised: time is cut into
 * blocks of `period` bars, and a window is the end of the last block and the beginning of this block. Nothing is ever
 * taken away from a sum, so that a value that has left the window leaves no trace, however large it was.
 */
export function sumCell(period: number): Cell {
  if (isShort(period)) return shortSumCell(period, 0);
  // The values of this block; the sums of the last block from each of its bars to its end, then 0; how many values,
  // whether there was a block, their sum.
  const memory = new Float64Array(2 * period + 4);
  const [count, isSecond, total] = [2 * period + 1, 2 * period + 2, 2 * period + 3];
  return {
    memory: [memory],
    next: (x) => {
      if (Number.isNaN(x)) {
        memory.fill(0);
        return Number.NaN;
      }
      const at = memory[count] ?? 0;
      const sum = (memory[total] ?? 0) + x;
      memory[at] = x;
      if (at + 1 < period) {
        memory[count] = at + 1;
        memory[total] = sum;
        return memory[isSecond] === 1 ? sum + (memory[period + at + 1] ?? 0) : Number.NaN;
      }
      let rest = 0;
      for (let slot = period - 1; slot > 0; slot -= 1) memory[period + slot] = rest += memory[slot] ?? 0;
      memory[count] = 0;
      memory[isSecond] = 1;
      memory[total] = 0;
      return sum;
    },
  };
}

/**
 * `sumCell` over a whole column, divided by `divisor`; gives whether it knows that no infinite number is in `out`. A
 * block is summed from both of its ends at once: the processor adds to either sum while it waits for the other. The sum
 * to the end of the last block that a bar reads and the sum that it finds for the next block have the same slot, if the
 * slots are gone through forwards and backwards in turn.
 */
export function sumColumn(
  source: Float64Array,
  out: Float64Array,
  length: number,
  period: number,
  divisor = 1,
): boolean {
  if (isShort(period)) return shortSumColumn(source, out, length, { period, slope: 0, divisor });
  const rests = restsFor(period, length);
  return overStretches(out, [rests], { length, period }, (stretch) => sumStretch(source, out, rests, stretch, divisor));
}

/**
 * From the start of a stretch to its end. `probe` costs one addition a bar, beside the others, where a comparison of
 * each value would triple the time.
 */
function sumStretch(
  source: Float64Array,
  out: Float64Array,
  rests: Float64Array,
  stretch: Stretch,
  divisor: number,
): number {
  const { start, length, period } = stretch;
  let step = 1;
  let probe = 0;
  let bar = start;
  while (bar < length) {
    const end = Math.min(bar + period, length);
    let sum = 0;
    let rest = 0;
    let slot = step > 0 ? 1 : period - 1;
    for (let back = end - 1; bar < end; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) break;
      sum += x;
      rest += source[back] ?? Number.NaN;
      const value = (sum + (rests[slot] ?? Number.NaN)) / divisor;
      out[bar] = value;
      probe += value;
      rests[slot] = rest;
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
