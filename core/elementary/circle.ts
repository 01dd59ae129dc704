import { exponentOf, timesPowerOfTwo } from './binary.ts';

/**
 * Sine and cosine with the same bits in every browser and in TA-Lib: the polynomials of Sun's fdlibm (`k_sin.c`,
 * `k_cos.c`), which most C libraries have. A last bit matters where the price stands still: then the phase of its cycle
 * is the ratio of two sums that are nothing but such bits.
 */
export function sine(x: number): number {
  const { quarter, rest, error } = reduce(x);
  const value = quarter % 2 === 0 ? sineNear(rest, error) : cosineNear(rest, error);
  return quarter < 2 ? value : -value;
}

export function cosine(x: number): number {
  const { quarter, rest, error } = reduce(x);
  const value = quarter % 2 === 0 ? cosineNear(rest, error) : sineNear(rest, error);
  return quarter === 0 || quarter === 3 ? value : -value;
}

/** What the sine and the cosine of the rest say together: their errors are those of two last bits at the most. */
export function tangent(x: number): number {
  const { quarter, rest, error } = reduce(x);
  const [up, along] = [sineNear(rest, error), cosineNear(rest, error)];
  return quarter % 2 === 0 ? up / along : -along / up;
}

/** A quarter of a circle in three parts of 33 bits, each with what is left behind it. */
const QUARTER = [
  [1.57079632673412561417, 6.07710050650619224932e-11],
  [6.0771005063039659766e-11, 2.02226624879595063154e-21],
  [2.0222662487111664558e-21, 8.47842766036889956997e-32],
] as const;
/** Rounds to a whole number when it is added and taken away. */
const WHOLE = 1.5 * 2 ** 52;
const CUBIC = -1.66666666666666324348e-1;

/** Larger angles have more quarters than the products with them can hold. */
const LARGE = 2 ** 20;

interface Reduced {
  readonly quarter: number;
  readonly rest: number;
  readonly error: number;
}

/**
 * The angle as quarters of a circle (modulo four) and a rest of at most half of one, which is known more exactly than a
 * number can hold.
 */
function reduce(x: number): Reduced {
  if (Math.abs(x) < Math.PI / 4) return { quarter: 0, rest: x, error: 0 };
  if (!(Math.abs(x) < LARGE)) return reduceLarge(x);
  const turns = x * 0.636619772367581382433 + WHOLE - WHOLE;
  let left = x - turns * QUARTER[0][0];
  let below = turns * QUARTER[0][1];
  // Near a whole number of quarters most digits cancel, and the next part of them is needed.
  for (const [part, bits] of [
    [1, 16],
    [2, 49],
  ] as const) {
    if (Math.abs(left - below) > Math.abs(x) * 2 ** -bits) break;
    const before = left;
    const taken = turns * QUARTER[part][0];
    left = before - taken;
    below = turns * QUARTER[part][1] - (before - left - taken);
  }
  const rest = left - below;
  return { quarter: ((turns % 4) + 4) % 4, rest, error: left - rest - below };
}

/** So many bits of 2/π are known, and of π/2. */
const [BITS, QUARTER_BITS] = [1200, 256] as const;
const QUARTERS_A_RADIAN =
  0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7bn;
const RADIANS_A_QUARTER = 0x1921fb54442d18469898cc51701b839a252049c1114cf98e804177d4c76273644n;

/** The same in whole numbers of any length: slower, and exact however large the angle is. */
function reduceLarge(x: number): Reduced {
  if (!Number.isFinite(x)) return { quarter: 0, rest: Number.NaN, error: 0 };
  const exponent = exponentOf(x) - 52;
  const quarters = BigInt(timesPowerOfTwo(x, -exponent)) * QUARTERS_A_RADIAN;
  const point = BigInt(BITS - exponent);
  const whole = (quarters + (1n << (point - 1n))) >> point;
  const rest =
    (((quarters - (whole << point)) >> (point - BigInt(QUARTER_BITS))) * RADIANS_A_QUARTER) >> BigInt(QUARTER_BITS);
  const nearest = Number(rest);
  const scaled = (value: number): number => timesPowerOfTwo(value, -QUARTER_BITS);
  return { quarter: Number(whole & 3n), rest: scaled(nearest), error: scaled(Number(rest - BigInt(nearest))) };
}

function sineNear(x: number, error: number): number {
  const z = x * x;
  const r =
    8.33333333332248946124e-3 +
    z * (-1.98412698298579493134e-4 + z * 2.75573137070700676789e-6) +
    z * (z * z) * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10);
  const v = z * x;
  return error === 0 ? x + v * (CUBIC + z * r) : x - (z * (0.5 * error - v * r) - error - v * CUBIC);
}

function cosineNear(x: number, error: number): number {
  const z = x * x;
  const w = z * z;
  const r =
    z * (4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * 2.48015872894767294178e-5)) +
    w * w * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11));
  const half = 0.5 * z;
  const near = 1 - half;
  return near + (1 - near - half + (z * r - x * error));
}
