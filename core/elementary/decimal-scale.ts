import { exponentBitsOf, timesPowerOfTwo } from './binary.ts';

/** What is smaller needs a power of ten that is no double to have all its digits. */
export const LEAST = 1e-7;

/** From here on there are no digits behind the point left to round. */
export const MOST = 1e15;

/** Exponent bits of the numbers from `LEAST` to `MOST`. */
const [FIRST, LAST, BIAS] = [exponentBitsOf(LEAST), exponentBitsOf(MOST), exponentBitsOf(1)];

/**
 * By the bits of an exponent: the largest power of ten that leaves the least of such numbers below `MOST`. All are
 * exact doubles.
 */
const SCALES = Float64Array.from({ length: LAST + 1 }, (_, bits) => {
  if (bits < FIRST) return 1;
  const least = timesPowerOfTwo(1, bits - BIAS);
  let power = 22;
  while (least * Number(`1e${power}`) >= MOST) power -= 1;
  return Number(`1e${power}`);
});

/** The power of ten that gives a number from `LEAST` to `MOST` 15 digits before the point, in O(1). */
export function decimalScale(size: number): number {
  const scale = SCALES[exponentBitsOf(size)] ?? 1;
  return size * scale >= MOST ? scale / 10 : scale;
}

/** The largest double below a half. With a half itself, the sum with 0.49999999999999994 would be rounded up to 1. */
const BELOW_HALF = 0.5 - 2 ** -54;

/**
 * `Math.round` of a number from 0 to 2^52, to the bit, at a third of its time: the processor guesses wrong every other
 * time whether `Math.round` goes up.
 */
export const wholeOf = (value: number): number => Math.floor(value + BELOW_HALF);
