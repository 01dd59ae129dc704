import { varianceOfSums } from './moments.ts';

/** How two series vary over a window, and vary together. */
export interface PairMoments {
  readonly memory: readonly Float64Array[];
  /** Takes a pair of values; whether the window is full and free of `na`. */
  next(x: number, y: number): boolean;
  /** Population variances, 0 where all values are the same, and covariance. */
  varianceX(): number;
  varianceY(): number;
  covariance(): number;
}

/** Sums of x, y, x², y² and xy. */
const SUMS = 5;

/**
 * As `moments`: all values are taken by their distance from a pair that is in the window, and nothing is taken away
 * from a sum.
 */
export function pairMoments(period: number): PairMoments {
  const share = 1 / period;
  // The values of this block, a pair after the other; the sums of the last block from each of its bars to its end, then
  // zeros.
  const values = new Float64Array(2 * period);
  const rests = new Float64Array(SUMS * (period + 1));
  // The sums of this block and of the window; then how many pairs, whether there was a block, the reference.
  const state = new Float64Array(2 * SUMS + 4);
  const [count, isSecond, referenceX, referenceY] = [2 * SUMS, 2 * SUMS + 1, 2 * SUMS + 2, 2 * SUMS + 3];
  const sum = (index: number): number => state[SUMS + index] ?? 0;
  /** The sums of this block from each of its bars to its end, away from its last pair. */
  const turn = (x: number, y: number): void => {
    let [sumX, sumY, squaresX, squaresY, products] = [0, 0, 0, 0, 0];
    for (let slot = period - 1; slot >= 0; slot -= 1) {
      const [awayX, awayY] = [(values[2 * slot] ?? 0) - x, (values[2 * slot + 1] ?? 0) - y];
      const at = SUMS * slot;
      rests[at] = sumX += awayX;
      rests[at + 1] = sumY += awayY;
      rests[at + 2] = squaresX += awayX * awayX;
      rests[at + 3] = squaresY += awayY * awayY;
      rests[at + 4] = products += awayX * awayY;
    }
    state.fill(0, 0, SUMS);
    state.set(rests.subarray(0, SUMS), SUMS);
    state[count] = 0;
    state[isSecond] = 1;
    state[referenceX] = x;
    state[referenceY] = y;
  };
  return {
    memory: [values, rests, state],
    next: (x, y) => {
      if (Number.isNaN(x) || Number.isNaN(y)) {
        values.fill(0);
        rests.fill(0);
        state.fill(0);
        return false;
      }
      const slot = state[count] ?? 0;
      values[2 * slot] = x;
      values[2 * slot + 1] = y;
      if (slot + 1 === period) {
        turn(x, y);
        return true;
      }
      state[count] = slot + 1;
      const [awayX, awayY] = [x - (state[referenceX] ?? 0), y - (state[referenceY] ?? 0)];
      const at = SUMS * (slot + 1);
      state[SUMS] = (state[0] = (state[0] ?? 0) + awayX) + (rests[at] ?? 0);
      state[SUMS + 1] = (state[1] = (state[1] ?? 0) + awayY) + (rests[at + 1] ?? 0);
      state[SUMS + 2] = (state[2] = (state[2] ?? 0) + awayX * awayX) + (rests[at + 2] ?? 0);
      state[SUMS + 3] = (state[3] = (state[3] ?? 0) + awayY * awayY) + (rests[at + 3] ?? 0);
      state[SUMS + 4] = (state[4] = (state[4] ?? 0) + awayX * awayY) + (rests[at + 4] ?? 0);
      return state[isSecond] === 1;
    },
    varianceX: () => varianceOfSums(sum(0), sum(2), share),
    varianceY: () => varianceOfSums(sum(1), sum(3), share),
    covariance: () => (sum(4) - sum(0) * sum(1) * share) * share,
  };
}
