import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf } from '#core/engine/figures/calendar.ts';
import type { Bars, Timeframe } from '#core/market/bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import { sliceBars } from './bar-cache.ts';
import { shareBars } from './shared-memory.ts';

function barsOf(timeframe: Timeframe, distances: readonly number[]): Bars {
  const times = [Date.UTC(2021, 0, 4)];
  for (const distance of distances) times.push((times.at(-1) ?? 0) + distance * timeframeLength(timeframe));
  const same = new Float64Array(times.length).fill(1);
  return {
    symbol: 'PART',
    timeframe,
    length: times.length,
    time: Float64Array.from(times),
    open: same,
    high: same,
    low: same,
    close: same,
    volume: same,
  };
}

const perYear = (bars: Bars): number => calendarOf(bars, { from: 0, to: bars.length }).barsPerYear;

test('a part of a market, and a part of that, have the bars a year of all of its bars, wherever they are sent', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Timeframe>('1m', '1h', '1d', '1w'),
      fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }),
      fc.nat(60),
      fc.nat(60),
      (timeframe, distances, a, b) => {
        const whole = barsOf(timeframe, distances);
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const part = sliceBars(whole, from, to);
        expect(perYear(part)).toBe(perYear(whole));
        expect(perYear(sliceBars(part, 0, 1))).toBe(perYear(whole));
        expect(perYear(structuredClone(shareBars(part)))).toBe(perYear(whole));
      },
    ),
  );
});

test.each([10, 5])('%i days of trade annualise as three years of them', (days) => {
  const whole = barsOf(
    '1d',
    Array.from({ length: 782 }, (_, bar) => (bar % 5 === 4 ? 3 : 1)),
  );
  expect(perYear(sliceBars(whole, 500, 500 + days))).toBeCloseTo(260.9, 0);
});
