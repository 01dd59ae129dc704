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
 * `sumCell` over a whole column, divided by `divisor`. The sums from each bar of a block to its end are made beside those from its beginning: two additions
 * that do not wait for one another.
 */
export function sumColumn(source: Float64Array, out: Float64Array, length: number, period: number, divisor = 1): void {
  const size = Math.min(period, length) + 1;
  const spare: Spare = { rests: new Float64Array(size), next: new Float64Array(size) };
  for (let bar = 0; bar < length; bar += 1) {
    bar = sumStretch(source, out, spare, { start: bar, length, period, divisor });
    if (bar < length) out[bar] = Number.NaN;
  }
}

/** Each as long as the window and one more. */
interface Spare {
  readonly rests: Float64Array;
  readonly next: Float64Array;
}

interface Stretch {
  readonly start: number;
  readonly length: number;
  readonly period: number;
  readonly divisor: number;
}

/** From `start` to the next `na`, whose bar it gives. */
function sumStretch(source: Float64Array, out: Float64Array, { rests: first, next: second }: Spare, { start, length, period, divisor }: Stretch): number {
  let rests = first.fill(Number.NaN);
  let next = second;
  let block = start;
  for (; block + period <= length; block += period) {
    let sum = 0;
    let rest = 0;
    for (let at = 1; at <= period; at += 1) {
      const x = source[block + at - 1] ?? Number.NaN;
      if (Number.isNaN(x)) return block + at - 1;
      sum += x;
      out[block + at - 1] = (sum + (rests[at] ?? 0)) / divisor;
      rest += source[block + period - at] ?? 0;
      next[period - at] = rest;
    }
    if (block === start) out[block + period - 1] = sum / divisor;
    const last = rests;
    rests = next;
    next = last;
    rests[period] = 0;
  }
  let sum = 0;
  for (let at = 1; block + at <= length; at += 1) {
    const x = source[block + at - 1] ?? Number.NaN;
    if (Number.isNaN(x)) return block + at - 1;
    sum += x;
    out[block + at - 1] = block === start ? Number.NaN : (sum + (rests[at] ?? 0)) / divisor;
  }
  return length;
}
