import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf } from './space.ts';

test('the steps of a range are the decimals between its ends, whatever their size and sign', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 14 }),
      (from, step, count, places) => {
        const decimal = (whole: number): number => Number(`${whole}e-${places}`) + 0;
        const wanted = Array.from({ length: count + 1 }, (_, index) => decimal(from + index * step));
        expect(rangeOf(decimal(from), decimal(from + count * step), decimal(step))).toEqual(wanted);
      },
    ),
    { numRuns: 1000 },
  );
});

test('times in milliseconds, prices of thirteen digits, and a walk through nothing', () => {
  const from = 1_577_836_800_123;
  expect(rangeOf(from, from + 3, 1)).toEqual([from, from + 1, from + 2, from + 3]);
  expect(rangeOf(30000.12345678, 30000.1234568, 1e-8)).toEqual([30000.12345678, 30000.12345679, 30000.1234568]);
  expect(rangeOf(-1000, 0, 0.1).at(-2)).toBe(-0.1);
});
