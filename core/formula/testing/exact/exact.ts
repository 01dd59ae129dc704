/**
 * Numbers with 400 binary digits behind the point, as whole numbers: enough for every double from 1e-12 on and for what
 * windows of them come to, whatever cancels. Slow, plain, and made of nothing that the kernels are made of.
 */
export interface Exact {
  /** Times 2^400. */
  readonly value: bigint;
  /**
   * How far doubles may miss the value that go the same way: as many roundings (2^-53) of this, times 2^400. A number
   * that is given has none, a sum has those of its parts and its own.
   */
  readonly error: bigint;
}

const DIGITS = 400n;
const ONE = 2 ** 400;

const size = (x: bigint): bigint => (x < 0n ? -x : x);

const made = (value: bigint, error: bigint): Exact => ({ value, error: error + size(value) });

/** A finite double, to the last digit. */
export function exactly(x: number): Exact {
  let mantissa = x;
  let shift = 0n;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    shift += 1n;
  }
  return { value: (BigInt(mantissa) << DIGITS) >> shift, error: 0n };
}

export const ZERO = exactly(0);

export const plus = (a: Exact, b: Exact): Exact => made(a.value + b.value, a.error + b.error);
export const minus = (a: Exact, b: Exact): Exact => made(a.value - b.value, a.error + b.error);
/** Without a rounding: of numbers that are given. */
export const sumOfGiven = (...numbers: readonly number[]): Exact => ({
  value: numbers.reduce((sum, x) => sum + exactly(x).value, 0n),
  error: 0n,
});
export const absolute = (a: Exact): Exact => ({ value: size(a.value), error: a.error });
export const negated = (a: Exact): Exact => ({ value: -a.value, error: a.error });
export const times = (a: Exact, b: Exact): Exact =>
  made((a.value * b.value) >> DIGITS, (size(a.value) * b.error + size(b.value) * a.error) >> DIGITS);

/** Whether nothing is left of a number but what doubles may miss. */
export const isNoise = ({ value, error }: Exact): boolean => size(value) << 44n < error;

/** `null` over what is 0 or nothing but noise. */
export function over(a: Exact, b: Exact): Exact | null {
  if (b.value === 0n || isNoise(b)) return null;
  const value = (a.value << DIGITS) / b.value;
  return made(value, ((a.error << DIGITS) + size(value) * b.error) / size(b.value));
}

/** Over a number of bars or another divisor that is no measurement. */
export const overNumber = (a: Exact, divisor: number): Exact => over(a, exactly(divisor)) ?? ZERO;

export function rootOf(a: Exact): Exact {
  if (a.value <= 0n) return ZERO;
  const square = a.value << DIGITS;
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return made(root, (a.error << DIGITS) / (2n * root));
    root = next;
  }
}

export const isAbove = (a: Exact, b: Exact): boolean => a.value > b.value;
/**
 * The order of two computed numbers: 1 where `a` is larger, -1 where `b` is, 0 where they are equal; null where doubles
 * cannot tell, because they round both. A block that decides by such a comparison is held to no value there: doubles
 * round decimal prices, so that neither answer is right.
 */
export function compare(a: Exact, b: Exact): -1 | 0 | 1 | null {
  const apart = minus(a, b);
  if (isNoise(apart)) return null;
  return isZero(apart) ? 0 : isAbove(a, b) ? 1 : -1;
}
export const isZero = ({ value }: Exact): boolean => value === 0n;
export const toNumber = ({ value }: Exact): number => Number(value) / ONE;

/** How far a double may be from a number: a billionth of it, and 64 roundings of what it was made of. */
export const allowance = (a: Exact): number => 1e-9 * Math.abs(toNumber(a)) + (64 * Number(a.error)) / ONE / 2 ** 53;
