/** Prices as they stand in columns; `Bars`, or what came to a page as lists. */
export interface Prices {
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
}

/** Prices have cents at the least. */
const LEAST = 2;
/** As many as number formats take. */
const MOST = 20;
/**
 * More significant digits than these are not a price's own: they come of a computation, such as an adjustment for
 * dividends.
 */
const OWN_DIGITS = 10;
/** So many significant digits of a computed price are shown. */
const COMPUTED_DIGITS = 6;
/** Bars that are looked at: those between them have prices of the same kind. */
const SAMPLED = 400;

const clamp = (digits: number): number => Math.min(MOST, Math.max(LEAST, digits));

/**
 * Decimals of a number with so many significant digits, the first of which stands at ten to the power of `exponent`.
 */
const decimals = (significant: number, exponent: number): number => significant - 1 - exponent;

function parts(value: number): { readonly significant: number; readonly exponent: number } {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return { significant: mantissa.replace(/[-.]/g, '').length, exponent: Number(exponent) };
}

/** So many digits a number in single precision holds. */
const SINGLE_DIGITS = 7;

/**
 * How many digits a price has of its own that went through single precision, as those of many files have: 2874.560059
 * is how the single nearest to 2874.56 is written with six decimals. Null for what is no such number.
 */
function digitsOfSingle(price: number, written: number): number | null {
  for (let significant = 1; significant <= SINGLE_DIGITS; significant += 1) {
    if (Number(Math.fround(Number(price.toPrecision(significant))).toFixed(written)) === price) return significant;
  }
  return null;
}

/**
 * Decimals that a price has: 5 of 1.10715, 8 of 0.00001234, 2 at the least. Of one with endless decimals, as many as
 * make six digits.
 */
export function digitsOfPrice(price: number): number {
  if (!Number.isFinite(price) || price === 0) return LEAST;
  const { significant, exponent } = parts(price);
  const ofSingle =
    significant <= SINGLE_DIGITS
      ? null
      : digitsOfSingle(price, Math.min(100, Math.max(0, decimals(significant, exponent))));
  return clamp(decimals(ofSingle ?? (significant <= OWN_DIGITS ? significant : COMPUTED_DIGITS), exponent));
}

/**
 * Decimals that the prices of bars are shown with: as many as the finest of them has, so that no two that differ look
 * the same.
 */
export function priceDigits({ open, high, low, close }: Prices): number {
  const step = Math.max(1, Math.floor(close.length / SAMPLED));
  let digits = LEAST;
  for (let bar = 0; bar < close.length; bar += step)
    for (const column of [open, high, low, close]) digits = Math.max(digits, digitsOfPrice(column[bar] ?? Number.NaN));
  return digits;
}

/**
 * Decimals that units are shown with, by the smallest of them: cents of hundreds, else four, and three digits of what
 * is smaller still.
 */
export function unitDigits(units: Iterable<number>): number {
  let least = Infinity;
  for (const value of units) if (Math.abs(value) > 0) least = Math.min(least, Math.abs(value));
  if (!(least < 100)) return LEAST;
  return clamp(Math.max(4, decimals(3, parts(least).exponent)));
}

/**
 * Decimals that amounts of money are shown with, by what was there at the start: cents, and finer where that was less
 * than a coin.
 */
export const moneyDigits = (cash: number): number => (cash > 0 ? clamp(decimals(4, parts(cash).exponent)) : LEAST);

/** A price by itself, in words: all digits that it has, no exponent. */
export const priceText = (price: number): string =>
  price.toLocaleString('en', { maximumFractionDigits: digitsOfPrice(price) });
