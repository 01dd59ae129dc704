import { varianceOfSums } from './moments.ts';

/** Two series of `length` bars, and the window in which they are compared. */
export interface Pairs {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly length: number;
  readonly period: number;
}

/**
 * Population variances and covariance of the windows that end at the bars of one block; `na` where the window is not
 * full.
 */
export interface PairMeasures {
  readonly varianceX: Float64Array;
  readonly varianceY: Float64Array;
  readonly covariance: Float64Array;
}

/** Takes the measures of `count` bars from `block` on. */
export type TakeMeasures = (measures: PairMeasures, block: number, count: number) => void;

/** Sums of x, y, x², y² and xy. */
const SUMS = 5;

/**
 * `pairMoments` over whole columns: the same additions in the same order. `take` does not get bars with `na`; what it
 * makes of a block may stand in the place of its values, which are not read again.
 */
export function pairColumns(pairs: Pairs, take: TakeMeasures): void {
  const most = Math.min(pairs.period, pairs.length);
  const column = () => new Float64Array(most);
  const measures = { varianceX: column(), varianceY: column(), covariance: column() };
  const rests = new Float64Array(SUMS * (most + 1));
  for (let bar = 0; bar < pairs.length; bar += 1) bar = pairStretch(pairs, bar, rests, measures, take);
}

/** From `start` to the next `na`, whose bar it gives. */
function pairStretch(
  { xs, ys, length, period }: Pairs,
  start: number,
  rests: Float64Array,
  measures: PairMeasures,
  take: TakeMeasures,
): number {
  const share = 1 / period;
  const { varianceX, varianceY, covariance } = measures;
  // Nothing is known of the windows that end in the first block, but of its last.
  rests.fill(Number.NaN);
  let referenceX = 0;
  let referenceY = 0;
  for (let block = start; block < length; block += period) {
    const end = Math.min(length, block + period);
    let [sumX, sumY, squaresX, squaresY, products] = [0, 0, 0, 0, 0];
    let bar = block;
    for (; bar < end; bar += 1) {
      const x = xs[bar] ?? Number.NaN;
      const y = ys[bar] ?? Number.NaN;
      if (Number.isNaN(x) || Number.isNaN(y)) break;
      const awayX = x - referenceX;
      const awayY = y - referenceY;
      const slot = bar - block;
      const at = SUMS * (slot + 1);
      sumX += awayX;
      sumY += awayY;
      squaresX += awayX * awayX;
      squaresY += awayY * awayY;
      products += awayX * awayY;
      const windowX = sumX + (rests[at] ?? 0);
      const windowY = sumY + (rests[at + 1] ?? 0);
      varianceX[slot] = varianceOfSums(windowX, squaresX + (rests[at + 2] ?? 0), share);
      varianceY[slot] = varianceOfSums(windowY, squaresY + (rests[at + 3] ?? 0), share);
      covariance[slot] = (products + (rests[at + 4] ?? 0) - windowX * windowY * share) * share;
    }
    if (bar < block + period) {
      take(measures, block, bar - block);
      return bar;
    }
    // The window is this block: its sums from each of its bars to its end, away from its last pair.
    referenceX = xs[end - 1] ?? 0;
    referenceY = ys[end - 1] ?? 0;
    [sumX, sumY, squaresX, squaresY, products] = [0, 0, 0, 0, 0];
    for (let slot = period - 1; slot >= 0; slot -= 1) {
      const awayX = (xs[block + slot] ?? 0) - referenceX;
      const awayY = (ys[block + slot] ?? 0) - referenceY;
      const at = SUMS * slot;
      rests[at] = sumX += awayX;
      rests[at + 1] = sumY += awayY;
      rests[at + 2] = squaresX += awayX * awayX;
      rests[at + 3] = squaresY += awayY * awayY;
      rests[at + 4] = products += awayX * awayY;
    }
    varianceX[period - 1] = varianceOfSums(sumX, squaresX, share);
    varianceY[period - 1] = varianceOfSums(sumY, squaresY, share);
    covariance[period - 1] = (products - sumX * sumY * share) * share;
    take(measures, block, period);
  }
  return length;
}
