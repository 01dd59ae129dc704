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

/** `weightedSumCell` over a whole column, divided by the sum of the weights. */
export function weightedMeanColumn(source: Float64Array, out: Float64Array, length: number, period: number): void {
  const rests = new Float64Array(Math.min(period, length) + 1);
  for (let bar = 0; bar < length; bar += 1) {
    bar = weightedStretch(source, out, rests, bar, length, period);
    if (bar < length) out[bar] = Number.NaN;
  }
}

/** From `start` to the next `na`, whose bar it gives. `rests` is as long as the window and one more. */
function weightedStretch(
  source: Float64Array,
  out: Float64Array,
  rests: Float64Array,
  start: number,
  length: number,
  period: number,
): number {
  const divider = (period * (period + 1)) / 2;
  rests.fill(Number.NaN);
  rests[period] = 0;
  for (let block = start; block < length; block += period) {
    const end = Math.min(length, block + period);
    let sum = 0;
    let rising = 0;
    for (let bar = block; bar < end; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) return bar;
      const seen = bar - block + 1;
      sum += x;
      rising += x * seen;
      out[bar] = (rising + sum * (period - seen) + (rests[seen] ?? 0)) / divider;
    }
    let rest = 0;
    let falling = 0;
    for (let bar = end - 1; bar > block; bar -= 1) {
      rest += source[bar] ?? 0;
      falling += rest;
      rests[bar - block] = falling;
    }
  }
  return length;
}
