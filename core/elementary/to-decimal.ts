import { decimalScale, LEAST, MOST, wholeOf } from './decimal-scale.ts';

/**
 * The decimal of 15 digits that is nearest to a number, as its double: what doubles leave behind the digits of a
 * product is gone. To the bit `Number(value.toPrecision(15))`, at a tenth of its time for what prices usually are.
 */
export function toDecimal(value: number): number {
  const size = Math.abs(value);
  if (!(size >= LEAST && size < MOST)) return toDecimalSlowly(value);
  const scale = decimalScale(size);
  const scaled = size * scale;
  const whole = wholeOf(scaled);
  if (whole - scaled === 0.5) return ofHalf(value, scale, whole);
  // Both are whole numbers, and powers of ten up to 1e22 are exact: one division rounds to the nearest double.
  return value < 0 ? -whole / scale : whole / scale;
}

/** A number above 0 in the last place of the 15 digits of a larger one: below 1e-7 and from 1e15 on of its own. */
export function toPlacesOf(larger: number, value: number): number {
  if (!(larger >= LEAST && larger < MOST)) return toDecimal(value);
  const scale = decimalScale(larger);
  const whole = wholeOf(value * scale);
  return whole - value * scale === 0.5 ? ofHalf(value, scale, whole) : whole / scale;
}

/**
 * The product that was rounded to a half may have been below that. It never crosses a half, since halves are doubles.
 */
function ofHalf(value: number, scale: number, up: number): number {
  const whole = roundingOf(Math.abs(value), scale, up - 0.5) < 0 ? up - 1 : up;
  return value < 0 ? -whole / scale : whole / scale;
}

const toDecimalSlowly = (value: number): number => Number(value.toPrecision(15));

/** Times this, and what is more than that taken off again, a number has its upper 26 bits left. */
const SPLITTER = 2 ** 27 + 1;

/** What rounding has taken off a product, exactly (Dekker, 1971). */
function roundingOf(a: number, b: number, product: number): number {
  const high = SPLITTER * a - (SPLITTER * a - a);
  const head = SPLITTER * b - (SPLITTER * b - b);
  const low = a - high;
  const tail = b - head;
  return high * head - product + high * tail + low * head + low * tail;
}
