import { exponentOf, timesPowerOfTwo } from './binary.ts';
import { LN2 } from './exponential.ts';

const ROOT_2 = 1.4142135623730951;
const INVERSE_LN10 = 4.34294481903251816668e-1;
/** The decimal logarithm of 2 in two parts, the first with zeros at its end. */
const LOG2 = [3.01029995663611771306e-1, 3.69423907715893078616e-13] as const;

/** The natural logarithm; `-Infinity` of 0, NaN below. */
export function logarithm(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  // x = 2^k·(1 + f) near 1, and ln (1 + f) = f - f²/2 + s·(f²/2 + R) with s = f / (2 + f) (Sun's fdlibm, `e_log.c`).
  let k = exponentOf(x);
  let near = timesPowerOfTwo(x, -k);
  if (near > ROOT_2) {
    near *= 0.5;
    k += 1;
  }
  const f = near - 1;
  const s = f / (2 + f);
  const z = s * s;
  const r =
    z *
    (6.66666666666673513e-1 +
      z *
        (3.999999999940941908e-1 +
          z *
            (2.857142874366239149e-1 +
              z *
                (2.222219843214978396e-1 +
                  z * (1.818357216161805012e-1 + z * (1.531383769920937332e-1 + z * 1.479819860511658591e-1))))));
  const half = 0.5 * f * f;
  return k * LN2[0] - (half - (s * (half + r) + k * LN2[1]) - f);
}

/** The logarithm to the base 10, exact of the powers of 10. */
export function decimalLogarithm(x: number): number {
  if (!(x > 0) || x === Infinity) return logarithm(x);
  const exponent = exponentOf(x);
  const k = exponent < 0 ? exponent + 1 : exponent;
  return k * LOG2[1] + INVERSE_LN10 * logarithm(timesPowerOfTwo(x, -k)) + k * LOG2[0];
}
