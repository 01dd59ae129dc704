import { exponentOf, timesPowerOfTwo, upperHalf } from './binary.ts';
import { exponentialOfSum, LN2 } from './exponential.ts';

const ROOT_2 = 1.4142135623730951;
const TWO_THIRDS = 2 / 3;
const TWO_THIRDS_HIGH = upperHalf(TWO_THIRDS);
/** With what the number itself lacks. */
const TWO_THIRDS_LOW = TWO_THIRDS - TWO_THIRDS_HIGH + 3.700743415417188e-17;

/** `a` to the power of `b`, as `**` defines what has no number; exact wherever the power of whole numbers is one. */
export function power(a: number, b: number): number {
  if (b === 0) return 1;
  if (b === 1) return a;
  if (b === 2) return a * a;
  if (b === -1) return 1 / a;
  if (b === 0.5 && a > 0) return Math.sqrt(a);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  const isWhole = Number.isInteger(b);
  const isOdd = isWhole && Math.abs(b % 2) === 1;
  const size = Math.abs(a);
  if (!Number.isFinite(b)) return size === 1 ? Number.NaN : size > 1 === b > 0 ? Infinity : 0;
  if (size === 0 || size === Infinity) return ofEnd(a, (size === 0) === b > 0 ? 0 : Infinity, isOdd);
  if (a < 0 && !isWhole) return Number.NaN;
  const value = size === 1 ? 1 : ofSize(size, b);
  return a < 0 && isOdd ? -value : value;
}

const ofEnd = (a: number, value: number, isOdd: boolean): number =>
  isOdd && (a < 0 || Object.is(a, -0)) ? -value : value;

/** e^(b·ln a) for positive `a`, the logarithm in two parts, since its error grows with `b`. */
function ofSize(a: number, b: number): number {
  let k = exponentOf(a);
  let near = timesPowerOfTwo(a, -k);
  if (near > ROOT_2) {
    near *= 0.5;
    k += 1;
  }
  // With s = (near - 1)/(near + 1), ln near = 2/3·s·(3 + s² + r) with r = s⁴·(3/5 + 3/7·s² + …): all but r in two
  // parts.
  const f = near - 1;
  const above = near + 1;
  const aboveBelow = near - (above - 1);
  const s = f / above;
  const sHigh = upperHalf(s);
  const sLow = (f - sHigh * upperHalf(above) - sHigh * (above - upperHalf(above)) - sHigh * aboveBelow) / above;
  const z = s * s;
  const r =
    z *
    z *
    (3 / 5 +
      z *
        (3 / 7 +
          z *
            (3 / 9 +
              z * (3 / 11 + z * (3 / 13 + z * (3 / 15 + z * (3 / 17 + z * (3 / 19 + z * (3 / 21 + z * (3 / 23))))))))));
  const square = sHigh * sHigh;
  const rest = r + sLow * (sHigh + s);
  const sum = upperHalf(3 + square + rest);
  const sumBelow = rest - (sum - 3 - square);
  const product = sHigh * sum;
  const productBelow = sLow * sum + s * sumBelow;
  const whole = upperHalf(product + productBelow);
  const wholeBelow = productBelow - (whole - product);
  const log = whole * TWO_THIRDS_HIGH;
  const logBelow = whole * TWO_THIRDS_LOW + wholeBelow * TWO_THIRDS;
  // ln a = k·ln 2 + ln near
  const ln = k * LN2[0] + log;
  const lost = log - (ln - k * LN2[0]);
  return times(b, ln, lost + (k * LN2[1] + logBelow));
}

/** e^(b·(ln + below)), the product in two parts. */
function times(b: number, ln: number, below: number): number {
  const head = upperHalf(ln + below);
  const tail = ln - head + below;
  const bHead = upperHalf(b);
  const exact = bHead * head;
  const rest = (b - bHead) * head + b * tail;
  const sum = exact + rest;
  return exponentialOfSum(sum, rest - (sum - exact));
}
