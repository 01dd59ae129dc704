import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digitsOfPrice, moneyDigits, priceDigits, priceText, unitDigits } from './price-digits.ts';

const flat = (...prices: number[]) => ({ open: prices, high: prices, low: prices, close: prices });

describe('a price is shown with the digits that it has', () => {
  test.each([
    [1.10715, 5],
    [1.1, 2],
    [0.00001234, 8],
    [1.1e-8, 9],
    [67_123.1, 2],
    [812, 2],
    [0.1 + 0.2, 6],
    [1 / 3, 6],
    [0, 2],
    [Number.NaN, 2],
    // 153.33 in single precision, as files of adjusted prices have it.
    [153.330_001_831_054_7, 2],
    // The same, written with six decimals.
    [2874.560_059, 2],
    [1457.839_966, 2],
    [67_123.456_78, 5],
  ])('%d: %d decimals', (price, digits) => expect(digitsOfPrice(price)).toBe(digits));

  test('and in words', () => {
    expect([1.1e-8, 1.10715, 1234.5, 0.000013].map(priceText)).toEqual([
      '0.000000011',
      '1.10715',
      '1,234.5',
      '0.000013',
    ]);
  });

  test('two prices of bars that differ never look the same', () => {
    const tick = fc.constantFrom(0.01, 0.00001, 1e-8, 0.25, 5);
    fc.assert(
      fc.property(
        tick,
        fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 2, maxLength: 50 }),
        (size, ticks) => {
          const prices = ticks.map((count) => Number((count * size).toFixed(8)));
          const digits = priceDigits(flat(...prices));
          expect(new Set(prices.map((price) => price.toFixed(digits))).size).toBe(new Set(prices).size);
        },
      ),
    );
  });
});

test('units are shown by the smallest of them, and money by the cash', () => {
  expect([[9032.2], [810_372_771.47], [1.2345, 9000], [0.0452], [0.000_012_3], [], [0]].map(unitDigits)).toEqual([
    2, 2, 4, 4, 7, 2, 2,
  ]);
  expect([10_000, 100, 10, 1, 0.05].map(moneyDigits)).toEqual([2, 2, 2, 3, 5]);
});
