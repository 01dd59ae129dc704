/** What is smaller needs a power of ten that is no double to have all its digits. */
const LEAST = 1e-7;

/** From here on there are no digits behind the point left to round. */
const MOST = 1e15;

/**
 * The decimal of 15 digits that is nearest to a number, as its double: what doubles leave behind the digits of a product is gone. To the bit
 * `Number(value.toPrecision(15))`, at a tenth of its time for what prices usually are.
 */
export function toDecimal(value: number): number {
  if (!(value >= LEAST && value < MOST)) return Number(value.toPrecision(15));
  let scale = 1;
  while (value * scale < MOST / 10) scale *= 10;
  const scaled = value * scale;
  const whole = Math.round(scaled);
  // The product is rounded, and may have been on either side of a half that it seems to be. It never crosses a half, since halves are doubles.
  if (whole - scaled === 0.5) return Number(value.toPrecision(15));
  // Both are whole numbers, and powers of ten up to 1e22 are exact: one division rounds to the nearest double.
  return whole / scale;
}
