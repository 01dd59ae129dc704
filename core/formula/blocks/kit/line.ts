import type { Cell } from './cells.ts';

/**
 * A figure of the line of best fit through the last `period` values, in O(1) amortised. As in `weightedSumCell`, a
 * window is the end of the last block and the beginning of this block; as in `moments`, each value is taken by its
 * distance from one in the window. So nothing is taken away, a level window has no slope, and an offset takes no
 * digits. (Beyond 1,024 bars TA-Lib's sum of squares is more than a C int holds, and its line is wrong; this line is
 * not.)
 */
function fitCell(period: number, pick: (reference: number, meanDistance: number, slope: number) => number): Cell {
  const spread = (period * (period * period - 1)) / 12;
  // The values of this block; sums, then weighted sums of the last block from each of its bars to its end, then 0.
  const memory = new Float64Array(3 * period + 2);
  const [rests, fallings] = [period, 2 * period + 1];
  // How many values, whether there was a block; the reference, the plain and the weighted sum of this block.
  const state = new Float64Array(5);
  const [count, isSecond, reference, plain, rising] = [0, 1, 2, 3, 4];
  /** Of the sum of a window and of its sum weighted from 1 for the oldest. */
  const fit = (sum: number, weighted: number): number =>
    pick(state[reference] ?? 0, sum / period, (weighted - (sum * (period + 1)) / 2) / spread);
  const turn = (last: number): number => {
    let sum = 0;
    let falling = 0;
    for (let slot = period - 1; slot >= 0; slot -= 1) {
      memory[rests + slot] = sum += (memory[slot] ?? 0) - last;
      memory[fallings + slot] = falling += sum;
    }
    state[count] = 0;
    state[isSecond] = 1;
    state[reference] = last;
    state[plain] = 0;
    state[rising] = 0;
    return fit(sum, falling);
  };
  return {
    memory: [memory, state],
    next: (x) => {
      if (Number.isNaN(x)) {
        memory.fill(0);
        state.fill(0);
        return Number.NaN;
      }
      const slot = state[count] ?? 0;
      memory[slot] = x;
      if (slot + 1 === period) return turn(x);
      const away = x - (state[reference] ?? 0);
      const sum = (state[plain] ?? 0) + away;
      const weighted = (state[rising] ?? 0) + away * (slot + 1);
      state[count] = slot + 1;
      state[plain] = sum;
      state[rising] = weighted;
      if (state[isSecond] !== 1) return Number.NaN;
      return fit(
        sum + (memory[rests + slot + 1] ?? 0),
        weighted + sum * (period - slot - 1) + (memory[fallings + slot + 1] ?? 0),
      );
    },
  };
}

/** The height of the line `ahead` bars from the newest bar (negative: behind it). */
export const lineCell = (period: number, ahead: number): Cell =>
  fitCell(period, (reference, meanDistance, slope) => reference + (meanDistance + slope * ((period - 1) / 2 + ahead)));

/** What the line gains with each bar. */
export const slopeCell = (period: number): Cell => fitCell(period, (_reference, _meanDistance, slope) => slope);
