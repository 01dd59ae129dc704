import type { Cell } from './cells.ts';

/**
 * The sum of the last `period` values, as exact as if each window were summed anew, in O(1) amortised: time is cut into blocks of `period` bars, and a
 * window is the end of one block and the beginning of the next. Nothing is ever taken away from a sum, so that none drifts.
 */
export function freshSumCell(period: number): Cell {
  // The values of this block, the sums of the last block from each of its bars to its end; then: how many values, whether there was a block, their sum.
  const memory = new Float64Array(2 * period + 3);
  const [count, isSecond, total] = [2 * period, 2 * period + 1, 2 * period + 2];
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
      memory[count] = at + 1;
      memory[total] = sum;
      if (at + 1 < period) return memory[isSecond] === 1 ? (memory[period + at + 1] ?? 0) + sum : Number.NaN;
      let rest = 0;
      for (let slot = period - 1; slot >= 0; slot -= 1) memory[period + slot] = rest += memory[slot] ?? 0;
      memory[count] = 0;
      memory[isSecond] = 1;
      memory[total] = 0;
      return sum;
    },
  };
}
