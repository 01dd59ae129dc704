import type { Cell } from './cells.ts';

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
        return memory[isSecond] === 1 ? weighted + sum * (period - at - 1) + (memory[period + at + 1] ?? 0) : Number.NaN;
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

/** `weightedSumCell` over a whole column, divided by the sum of the weights; as in `sumColumn`, two sums are made beside one another. */
export function weightedMeanColumn(source: Float64Array, out: Float64Array, length: number, period: number): void {
  const size = Math.min(period, length) + 1;
  const spare: Spare = { rests: new Float64Array(size), next: new Float64Array(size) };
  for (let bar = 0; bar < length; bar += 1) {
    bar = weightedStretch(source, out, spare, bar, length, period);
    if (bar < length) out[bar] = Number.NaN;
  }
}

/** Each as long as the window and one more. */
interface Spare {
  readonly rests: Float64Array;
  readonly next: Float64Array;
}

/** From `start` to the next `na`, whose bar it gives. */
function weightedStretch(source: Float64Array, out: Float64Array, { rests: first, next: second }: Spare, start: number, length: number, period: number): number {
  const divider = (period * (period + 1)) / 2;
  let rests = first.fill(Number.NaN);
  let next = second;
  let block = start;
  for (; block + period <= length; block += period) {
    let sum = 0;
    let rising = 0;
    let rest = 0;
    let falling = 0;
    for (let at = 1; at <= period; at += 1) {
      const x = source[block + at - 1] ?? Number.NaN;
      if (Number.isNaN(x)) return block + at - 1;
      sum += x;
      rising += x * at;
      out[block + at - 1] = (rising + sum * (period - at) + (rests[at] ?? 0)) / divider;
      rest += source[block + period - at] ?? 0;
      falling += rest;
      next[period - at] = falling;
    }
    if (block === start) out[block + period - 1] = rising / divider;
    const last = rests;
    rests = next;
    next = last;
    rests[period] = 0;
  }
  let sum = 0;
  let rising = 0;
  for (let at = 1; block + at <= length; at += 1) {
    const x = source[block + at - 1] ?? Number.NaN;
    if (Number.isNaN(x)) return block + at - 1;
    sum += x;
    rising += x * at;
    out[block + at - 1] = block === start ? Number.NaN : (rising + sum * (period - at) + (rests[at] ?? 0)) / divider;
  }
  return length;
}
