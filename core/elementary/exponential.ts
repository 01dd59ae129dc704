import { timesPowerOfTwo } from './binary.ts';

/** ln 2 in two parts; the first has zeros at its end, so that its multiples up to 2^11 are exact. */
export const LN2 = [6.9314718036912381649e-1, 1.90821492927058770002e-10] as const;
const INVERSE_LN2 = 1.442695040888963387;
/** The exponential is more than any number above the one, and nothing below the other. */
const [MOST, LEAST] = [709.782712893383973096, -745.13321910194110842];

export const exponential = (x: number): number => exponentialOfSum(x, 0);

/** e to the power of `x + below`, the second being what rounding has left of the first. */
export function exponentialOfSum(x: number, below: number): number {
  if (Number.isNaN(x)) return x;
  // What follows would miss its last bit.
  if (x === 1 && below === 0) return Math.E;
  if (x > MOST) return Infinity;
  if (x < LEAST) return 0;
  // x = k·ln 2 + rest, and e^rest = 1 + 2·rest / (R - rest) with R = 2 + rest²/6 - … (Sun's fdlibm, `e_exp.c`).
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2[0];
  const low = k * LN2[1] - below;
  const rest = high - low;
  const z = rest * rest;
  const c =
    rest -
    z *
      (1.66666666666666019037e-1 +
        z *
          (-2.77777777770155933842e-3 +
            z * (6.61375632143793436117e-5 + z * (-1.6533902205465251539e-6 + z * 4.13813679705723846039e-8))));
  return timesPowerOfTwo(1 - (low - (rest * c) / (2 - c) - high), k);
}
