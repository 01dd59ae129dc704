import { describe, expect, test } from 'vitest';
import { arcCosine, arcSine, arcTangent } from './arc.ts';
import { cosine, sine, tangent } from './circle.ts';
import { exponential } from './exponential.ts';
import { hyperbolicCosine, hyperbolicSine, hyperbolicTangent } from './hyperbolic.ts';
import { decimalLogarithm, logarithm } from './logarithm.ts';
import { power } from './power.ts';

type Unary = (x: number) => number;

const SPREAD = Array.from({ length: 4001 }, (_, index) => (index - 2000) / 2000);
const sizes = (from: number, to: number): number[] =>
  SPREAD.map((share, index) => (index % 2 === 0 ? 1 : -1) * 10 ** (from + ((share + 1) / 2) * (to - from)));

const near = SPREAD.map((share) => share * 23.456);
const far = SPREAD.map((share) => share * 744.7);
const positive = [...near, ...sizes(-307, 308)].map(Math.abs);
const angles = [...near, ...sizes(-9, 300), ...SPREAD.map((_, index) => index * (Math.PI / 2)), 2 ** 20, 2 ** 1000];

/** Bits between two numbers of the same sign, as last bits of theirs. */
function lastBits(a: number, b: number): number {
  if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const bits = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number((bits[0] ?? 0n) - (bits[1] ?? 0n)));
}

describe('elementary functions', () => {
  // What a browser's own functions are off by is a last bit too, so that the two may differ by a few.
  test.each<[string, Unary, Unary, readonly number[], number]>([
    ['exponential', exponential, Math.exp, [...near, ...far], 1],
    ['logarithm', logarithm, Math.log, positive, 1],
    ['decimalLogarithm', decimalLogarithm, Math.log10, positive, 2],
    ['sine', sine, Math.sin, angles, 1],
    ['cosine', cosine, Math.cos, angles, 1],
    ['tangent', tangent, Math.tan, angles, 3],
    ['arcSine', arcSine, Math.asin, SPREAD, 2],
    ['arcCosine', arcCosine, Math.acos, SPREAD, 2],
    ['arcTangent', arcTangent, Math.atan, [...near, ...sizes(-9, 300)], 1],
    ['hyperbolicSine', hyperbolicSine, Math.sinh, [...near, ...far], 3],
    ['hyperbolicCosine', hyperbolicCosine, Math.cosh, [...near, ...far], 3],
    ['hyperbolicTangent', hyperbolicTangent, Math.tanh, near, 4],
  ])('%s is as exact as those of the browser', (_name, own, reference, arguments_, most) => {
    for (const x of [
      ...arguments_,
      0,
      Infinity,
      -Infinity,
      Number.NaN,
      Number.MIN_VALUE,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      1,
      -1,
    ]) {
      expect(lastBits(own(x), reference(x)), `of ${x}: ${own(x)} and ${reference(x)}`).toBeLessThanOrEqual(most);
    }
  });

  test('the decimal logarithm of each power of ten is its exponent', () => {
    for (let exponent = -307; exponent <= 308; exponent += 1)
      expect(decimalLogarithm(Number(`1e${exponent}`))).toBe(exponent);
  });

  test('power is as exact as that of the browser, and defined as it is', () => {
    const ends = [
      0,
      -0,
      1,
      -1,
      2,
      -3,
      0.5,
      -0.5,
      1 / 3,
      1e300,
      2 ** 53,
      Infinity,
      -Infinity,
      Number.NaN,
      Number.MIN_VALUE,
    ];
    for (const a of [...ends, ...near, ...sizes(-300, 300)])
      for (const b of [...ends, 7, -12.25, 1e-9, 1000.1])
        expect(lastBits(power(a, b), a ** b), `${a} ^ ${b}`).toBeLessThanOrEqual(2);
    for (const b of [1e3, 1e6, 1e9, -1e9, 123_456.789])
      for (const share of SPREAD)
        expect(lastBits(power(1 + share / b, b), (1 + share / b) ** b)).toBeLessThanOrEqual(2);
  });

  test('powers of whole numbers are exact as long as they are whole numbers that can be told', () => {
    for (let a = 1n; a < 200n; a += 1n)
      for (let b = 2n; b < 54n && a ** b <= 2n ** 53n; b += 1n) {
        expect(power(Number(a), Number(b))).toBe(Number(a ** b));
        expect(power(-Number(a), Number(b))).toBe(Number((-a) ** b));
      }
    for (let exponent = -1074; exponent < 1024; exponent += 1) expect(power(2, exponent)).toBe(2 ** exponent);
  });
});
