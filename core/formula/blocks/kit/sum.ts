import type { Cell } from './cells.ts';

/**
 * The sum of the last `period` values, as exact as if each window were summed anew, in O(1) amortised: time is cut into blocks of `period` bars, and a
 * window is the end of the last block and the beginning of this block. Nothing is ever taken away from a sum, so that a value that has left the window
 * leaves no trace, however large it was.
 */
export function sumCell(period: number): Cell {
  // The values of this block; the sums of the last block from each of its bars to its end, then 0; how many values, whether there was a block, their sum.
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
 * `sumCell` over a whole column, divided by `divisor`. A block is summed from both of its ends at once: the processor adds to either sum while it waits for
 * the other. The sum to the end of the last block that a bar reads and the sum that it finds for the next block have the same slot, if the slots are gone
 * through forwards and backwards in turn.
 */
export function sumColumn(source: Float64Array, out: Float64Array, length: number, period: number, divisor = 1): void {
  const rests = new Float64Array(Math.min(period, length) + 1);
  for (let bar = 0; bar < length; bar += 1) {
    bar = sumStretch(source, out, rests, { start: bar, length, period, divisor });
    if (bar < length) out[bar] = Number.NaN;
  }
}

interface Stretch {
  readonly start: number;
  readonly length: number;
  readonly period: number;
  readonly divisor: number;
}

/** From `start` to the next `na`, whose bar it gives. `rests` is as long as the window and one more. */
function sumStretch(
  source: Float64Array,
  out: Float64Array,
  rests: Float64Array,
  { start, length, period, divisor }: Stretch,
): number {
  // Nothing is known of the windows that end in the first block, but of its last.
  rests.fill(Number.NaN);
  let step = 1;
  let bar = start;
  while (bar + period <= length) {
    const end = bar + period - 1;
    let sum = 0;
    let rest = 0;
    let slot = step > 0 ? 1 : period - 1;
    for (let back = end; bar < end; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) return bar;
      sum += x;
      rest += source[back] ?? Number.NaN;
      out[bar] = (sum + (rests[slot] ?? Number.NaN)) / divisor;
      rests[slot] = rest;
      slot += step;
      back -= 1;
    }
    const x = source[end] ?? Number.NaN;
    if (Number.isNaN(x)) return end;
    out[end] = (sum + x) / divisor;
    step = -step;
    bar += 1;
  }
  let sum = 0;
  for (let slot = step > 0 ? 1 : period - 1; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    if (Number.isNaN(x)) return bar;
    sum += x;
    out[bar] = (sum + (rests[slot] ?? Number.NaN)) / divisor;
    slot += step;
  }
  return length;
}
