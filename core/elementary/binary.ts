/**
 * A number's bits, eight bytes that are written before they are read. The least byte stands first, as in the memory of
 * most processors: the other order costs a turn of all bytes at each look.
 */
const bits = new DataView(new ArrayBuffer(8));
const [LOWER, UPPER] = [0, 4];

const BIAS = 1023;
/** The least exponent of a number with all its digits. */
const LEAST = -1022;

/** The whole number e with 2^e <= |x| < 2^(e+1), of a finite number that is not 0. */
export function exponentOf(x: number): number {
  bits.setFloat64(0, x, true);
  const exponent = ((bits.getInt32(UPPER, true) >>> 20) & 0x7ff) - BIAS;
  return exponent < LEAST ? exponentOf(x * powerOfTwo(54)) - 54 : exponent;
}

/** The eleven bits of the exponent of a number above 0: `exponentOf` and 1023 of one with all its digits. */
export function exponentBitsOf(x: number): number {
  bits.setFloat64(0, x, true);
  return bits.getInt32(UPPER, true) >>> 20;
}

/** 2^n for n from -1022 to 1023. */
function powerOfTwo(n: number): number {
  bits.setInt32(UPPER, (n + BIAS) << 20, true);
  bits.setInt32(LOWER, 0, true);
  return bits.getFloat64(0, true);
}

/** x·2^n, rounded once, for n from -2000 to 2000. */
export function timesPowerOfTwo(x: number, n: number): number {
  if (n < LEAST) return x * powerOfTwo(n + 1000 < LEAST ? LEAST : n + 1000) * powerOfTwo(-1000);
  if (n > BIAS) return x * powerOfTwo(BIAS) * powerOfTwo(n - BIAS);
  return x * powerOfTwo(n);
}

/** The same number without its last 32 bits: times another such, it loses no digit. */
export function upperHalf(x: number): number {
  bits.setFloat64(0, x, true);
  bits.setInt32(LOWER, 0, true);
  return bits.getFloat64(0, true);
}
