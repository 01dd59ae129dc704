/** What is smaller needs a power of ten that is no double to have all its digits. */
const LEAST = 1e-7;

/** From here on there are no digits behind the point left to round. */
const MOST = 1e15;

/**
 * The decimal of 15 digits that is nearest to a number, as its double: what doubles leave behind the digits of a
 * product is gone. The same as `Number(value.toPrecision(15))` to one in the last of those digits, at a tenth of its
 * time for what prices usually are.
 */
export function toDecimal(value: number): number {
  if (!(value >= LEAST && value < MOST)) return Number(value.toPrecision(15));
  let scale = 1;
  while (value * scale < MOST / 10) scale *= 10;
  // Both are whole numbers, and powers of ten up to 1e22 are exact: one division rounds to the nearest double.
  return Math.round(value * scale) / scale;
}
