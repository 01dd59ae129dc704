/**
 * Amounts as decimals without rounding: whole numbers of 10^-PLACES. What people reckon on paper, with neither doubles
 * nor digits that are cut off.
 */
export type Exact = bigint;

const PLACES = 80;
const ONE: Exact = 10n ** BigInt(PLACES);

/** The decimal that a number is written as. */
export function exact(value: number): Exact {
  const [digits = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  const places = PLACES + Number(exponent) - fraction.length;
  const written = BigInt(whole + fraction);
  return places >= 0 ? written * 10n ** BigInt(places) : written / 10n ** BigInt(-places);
}

/** The nearest double. */
export function toNumber(value: Exact): number {
  const digits = String(value < 0n ? -value : value).padStart(PLACES + 1, '0');
  return Number(`${value < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`);
}

export const times = (a: Exact, b: Exact): Exact => (a * b) / ONE;
/** Cut off behind the last place. */
export const through = (a: Exact, b: Exact): Exact => (a * ONE) / b;
export const sumOf = (values: readonly Exact[]): Exact => values.reduce((sum, value) => sum + value, 0n);
export const largerOf = (a: Exact, b: Exact): Exact => (a > b ? a : b);

/** In so many digits as people reckon with. */
export const inDigits = (value: number): number => Number(value.toPrecision(15));
