import { decimalScale, LEAST, MOST, wholeOf } from './decimal-scale.ts';

/** `toFixed` takes no more places. */
const MOST_PLACES = 100;

/**
 * `a + b` in the 15 digits of the largest of the three, as people reckon decimals: 5.1 - 5 is 0.1. Doubles make
 * 0.09999999999999964, since what cancels leaves the errors of the larger numbers behind. Of numbers from 1e15 on the
 * plain sum.
 */
export function addDecimals(a: number, b: number): number {
  const sum = a + b;
  const largest = Math.max(Math.abs(a), Math.abs(b), Math.abs(sum));
  if (!(largest >= LEAST && largest < MOST)) return addSlowly(sum, largest);
  const scale = decimalScale(largest);
  // Never -0.
  return sum < 0 ? 0 - wholeOf(-sum * scale) / scale : wholeOf(sum * scale) / scale;
}

function addSlowly(sum: number, largest: number): number {
  if (!(largest > 0 && largest < MOST)) return sum;
  const places = 14 - Number(largest.toExponential().split('e')[1]);
  return places > MOST_PLACES ? sum : Number(sum.toFixed(places)) + 0;
}
