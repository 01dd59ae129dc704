import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeOf } from './decimal-scale.ts';
import { toDecimal, toPlacesOf } from './to-decimal.ts';

const asWritten = (value: number): number => Number(value.toPrecision(15));

test.each([
  // A `cmo(high)`: its product with 1e13 is rounded to 247224460601300.5 from below.
  [24.72244606013005, 24.72244606013],
  [24.722446060130057, 24.7224460601301],
  [1.1 * 1.1, 1.21],
  [0.1 + 0.2, 0.3],
])('the decimal of %s is %s', (value, decimal) => {
  expect(toDecimal(value)).toBe(decimal);
  expect(asWritten(value)).toBe(decimal);
});

/** Numbers of seventeen digits, and such as lie a few last bits beside the middle between two decimals of fifteen. */
const numbers = fc.oneof(
  fc.double({ min: 1e-9, max: 1e17, noNaN: true }),
  fc
    .record({
      digits: fc.integer({ min: 1e14, max: 1e15 - 1 }),
      places: fc.integer({ min: 0, max: 22 }),
      bits: fc.integer({ min: -3, max: 3 }),
    })
    .map(({ digits, places, bits }) => Number(`${digits}5e-${places + 1}`) * (1 + bits * Number.EPSILON)),
  fc.double(),
);

test('the decimal of any number is what writing and reading 15 digits of that number gives', () => {
  fc.assert(
    fc.property(numbers, (value) => {
      expect(toDecimal(value)).toBe(asWritten(value));
    }),
    { numRuns: 20_000 },
  );
});

test('a number is rounded as Math.round does it, to the bit, also beside a half', () => {
  const beside = fc
    .record({ whole: fc.integer({ min: 0, max: 1e15 }), bits: fc.integer({ min: -3, max: 3 }) })
    .map(({ whole, bits }) => Math.max(0, (whole + 0.5) * (1 + (bits * Number.EPSILON) / 2)));
  fc.assert(
    fc.property(fc.oneof(beside, fc.double({ min: 0, max: 2 ** 52, noNaN: true })), (value) => {
      expect(wholeOf(value)).toBe(Math.round(value));
    }),
    { numRuns: 20_000, examples: [[0.49999999999999994], [0.5], [1.5 - 2 ** -52], [2.5], [2 ** 51 + 0.5]] },
  );
});

test('the places of a larger number are those that toFixed writes of the smaller one, also beside a half', () => {
  // Added to 97.577174 and taken off again, the first is 47.1136077090968.
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 0.5, noNaN: true }), fc.integer({ min: 10, max: 99 }), (part, larger) => {
      const value = part * larger;
      expect(toPlacesOf(larger, value)).toBe(Number(value.toFixed(13)));
    }),
    { examples: [[47.11360770909675 / 97, 97]], numRuns: 5000 },
  );
  expect(toPlacesOf(97.577174, 47.11360770909675)).toBe(47.1136077090967);
});
