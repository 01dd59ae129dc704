import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDecimals } from './add-decimals.ts';

test.each([
  [5.1, -5, 0.1],
  [0.1, 0.2, 0.3],
  [-0.3, 0.3, 0],
  [1_000_000.1, -1_000_000, 0.1],
  [3e-9, -2.9e-9, 1e-10],
  [Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY],
  [Number.NaN, 1, Number.NaN],
  [2e15, 1, 2e15 + 1],
  [0, -0, 0],
])('%d + %d = %d', (a, b, sum) => {
  expect(addDecimals(a, b)).toBe(sum);
});

test('decimals of which the largest has at most 15 digits add up to the decimal, of either sign, in either order', () => {
  const digits = fc.integer({ min: -499_999_999_999_999, max: 499_999_999_999_999 });
  fc.assert(
    fc.property(digits, digits, fc.integer({ min: -1, max: 30 }), fc.nat(14), (a, b, places, shift) => {
      const small = Math.trunc(b / 10 ** shift);
      const decimal = (whole: number): number => Number(`${whole}e${-places}`) + 0;
      const sum = decimal(a + small);
      expect(addDecimals(decimal(a), decimal(small))).toBe(sum);
      expect(addDecimals(decimal(small), decimal(a))).toBe(sum);
      expect(addDecimals(decimal(-a), decimal(-small))).toBe(0 - sum);
    }),
    { numRuns: 5000 },
  );
});
