import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthOfTime, measured } from './measure.ts';

const DAY = 86_400_000;

test('bars, time and change are told with their signs', () => {
  const from = { bar: 10, time: 0, price: 100 };
  expect(measured(from, { bar: 22, time: 18 * DAY, price: 103.2 })).toBe('+12 bars · 18 d · +3.2 (+3.2 %)');
  expect(measured(from, { bar: 9, time: -DAY, price: 95 })).toBe('−1 bar · 1 d · −5 (−5 %)');
  expect(measured(from, { bar: 11, time: 90 * 60_000, price: Number.NaN })).toBe('+1 bar · 1 h 30 min');
});

test('there and back is the same way', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), (time) => {
      expect(lengthOfTime(-time)).toBe(lengthOfTime(time));
      expect(lengthOfTime(time)).toMatch(/^[\d,]+ (d|h|min|s)( \d+ (h|min|s))?$/);
    }),
  );
});
