import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthOfTime, measured, measuredAloud } from './measure.ts';

const DAY = 86_400_000;
const format = (price: number): string => price.toFixed(2);

test('bars, time and change are told with their signs', () => {
  const from = { bar: 10, time: 0, price: 100 };
  expect(measured(from, { bar: 22, time: 18 * DAY, price: 103.2 }, format)).toBe('+12 bars · 18 d · +3.20 (+3.2%)');
  expect(measured(from, { bar: 9, time: -DAY, price: 95 }, format)).toBe('−1 bar · 1 d · −5.00 (−5%)');
  expect(measured(from, { bar: 11, time: 90 * 60_000, price: Number.NaN }, format)).toBe('+1 bar · 1 h 30 min');
  // Not the pixels' own digits: 2,035.109478.
  expect(measured(from, { bar: 11, time: DAY, price: 2135.109478 }, format)).toContain('+2035.11 ');
});

test('days are told without an hour', () => {
  const price = 100;
  const aloud = (time: number) => measuredAloud({ bar: 0, time: 0, price }, { bar: 1, time, price }, format);
  expect(aloud(DAY)).toMatch(/^From 1 Jan 1970 to 2 Jan 1970: /);
  expect(aloud(60_000)).toMatch(/^From 1 Jan 1970, 00:00 UTC to 1 Jan 1970, 00:01 UTC: /);
});

test('there and back is the same way', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), (time) => {
      expect(lengthOfTime(-time)).toBe(lengthOfTime(time));
      expect(lengthOfTime(time)).toMatch(/^[\d,]+ (d|h|min|s)( \d+ (h|min|s))?$/);
    }),
  );
});
