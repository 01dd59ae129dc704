import { upperHalf } from './binary.ts';

/** A quarter of a circle: the number, and what it lacks. */
const [QUARTER, QUARTER_BELOW] = [1.570796326794896558, 6.12323399573676603587e-17];

/** Arc tangents that others are measured from, each with what the number lacks. */
const AT = {
  half: [4.63647609000806093515e-1, 2.26987774529616870924e-17],
  one: [QUARTER / 2, QUARTER_BELOW / 2],
  oneAndHalf: [9.82793723247329054082e-1, 1.39033110312309984516e-17],
  infinity: [QUARTER, QUARTER_BELOW],
} as const;

/** The angle whose tangent is x (Sun's fdlibm, `s_atan.c`). */
export function arcTangent(x: number): number {
  const size = Math.abs(x);
  if (size < 0.4375) return x - x * seriesOf(x);
  const angle = turnedAngle(size);
  return x < 0 ? -angle : angle;
}

function turnedAngle(size: number): number {
  if (size < 0.6875) return turned(AT.half, (2 * size - 1) / (2 + size));
  if (size < 1.1875) return turned(AT.one, (size - 1) / (size + 1));
  if (size < 2.4375) return turned(AT.oneAndHalf, (size - 1.5) / (1 + 1.5 * size));
  return turned(AT.infinity, -1 / size);
}

const turned = ([from, below]: readonly [number, number], t: number): number => from - (t * seriesOf(t) - below - t);

/** 1 - arctan(t)/t, for |t| up to 7/16. */
function seriesOf(t: number): number {
  const z = t * t;
  const w = z * z;
  const odd =
    z *
    (3.33333333333329318027e-1 +
      w *
        (1.42857142725034663711e-1 +
          w *
            (9.09088713343650656196e-2 +
              w * (6.66107313738753120669e-2 + w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2)))));
  const even =
    w *
    (-1.99999999998764832476e-1 +
      w *
        (-1.1111110405462355788e-1 +
          w * (-7.69187620504482999495e-2 + w * (-5.83357013379057348645e-2 + w * -3.6531572744216915527e-2))));
  return odd + even;
}

/** The angle whose sine is x; NaN beyond -1 and 1 (Sun's fdlibm, `e_asin.c`). */
export function arcSine(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) return x + x * bulge(x * x);
  const z = (1 - size) / 2;
  const root = Math.sqrt(z);
  let angle: number;
  if (size > 0.975) angle = QUARTER - (2 * (root + root * bulge(z)) - QUARTER_BELOW);
  else {
    const upper = upperHalf(root);
    const lower = (z - upper * upper) / (root + upper);
    angle = QUARTER / 2 - (2 * root * bulge(z) - (QUARTER_BELOW - 2 * lower) - (QUARTER / 2 - 2 * upper));
  }
  return x < 0 ? -angle : angle;
}

/** The angle whose cosine is x; NaN beyond -1 and 1 (`e_acos.c`). */
export function arcCosine(x: number): number {
  if (Math.abs(x) < 0.5) return QUARTER - (x - (QUARTER_BELOW - x * bulge(x * x)));
  const z = (1 - Math.abs(x)) / 2;
  const root = Math.sqrt(z);
  if (x < 0) return 2 * (QUARTER - (root + (bulge(z) * root - QUARTER_BELOW)));
  if (root === 0) return 0;
  const upper = upperHalf(root);
  const lower = (z - upper * upper) / (root + upper);
  return 2 * (upper + (bulge(z) * root + lower));
}

/** arcsin(√z)/√z - 1, for z up to 1/4. */
function bulge(z: number): number {
  const p =
    z *
    (1.66666666666666657415e-1 +
      z *
        (-3.25565818622400915405e-1 +
          z *
            (2.01212532134862925881e-1 +
              z * (-4.00555345006794114027e-2 + z * (7.91534994289814532176e-4 + z * 3.4793310759602116757e-5)))));
  const q =
    1 +
    z *
      (-2.40339491173441421878 +
        z * (2.02094576023350569471 + z * (-6.8828397160545329303e-1 + z * 7.70381505559019352791e-2)));
  return p / q;
}
