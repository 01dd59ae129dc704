import { expect, test } from 'vitest';
import { formatValue } from './format-value.ts';

test.each([
  [1234.56789, 'series<number>', '1,234.57'],
  [-0.000012345678, 'series<number>', '−0.0000123457'],
  [Number.NaN, 'series<number>', 'na'],
  [1, 'series<bool>', 'true'],
  [0, 'series<bool>', 'false'],
  [0.07, 'series<percent>', '7%'],
  [-0.125, 'percent', '−12.5%'],
  [Number.NaN, 'series<percent>', 'na'],
  [5_204_390_000, 'series<number>', '5,204,390,000'],
] as const)('%s as %s is %s', (value, type, text) => {
  expect(formatValue(value, type)).toBe(text);
});
