import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf, rangesWithin } from './ranges.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

test('a range ends with the data and begins in the calendar', () => {
  const span = { from: day('2000-01-03'), to: day('2020-03-31') };
  expect(['1M', '6M', 'YTD', '1Y', '5Y', 'All'].map((name) => new Date(rangeOf(name as '1M', span).from))).toEqual(
    ['2020-02-29', '2019-09-30', '2020-01-01', '2019-03-31', '2015-03-31', '2000-01-03'].map((text) => new Date(text)),
  );
});

test('what is offered shows less than everything, longer ones more than shorter ones', () => {
  const times = fc.integer({ min: day('1980-01-01'), max: day('2030-01-01') });
  fc.assert(
    fc.property(times, times, (a, b) => {
      const span = { from: Math.min(a, b), to: Math.max(a, b) };
      const names = rangesWithin(span);
      for (const name of names) {
        const { from, to } = rangeOf(name, span);
        expect(to).toBe(span.to);
        expect(from >= span.from && from < to).toBe(true);
        if (name !== 'All') expect(from).toBeGreaterThan(span.from);
      }
      const fixed = names.filter((name) => name !== 'YTD').map((name) => rangeOf(name, span).from);
      expect(fixed).toEqual(fixed.toSorted((x, y) => y - x));
    }),
  );
});

test('a few days have no ranges to choose from', () => {
  expect(rangesWithin({ from: day('2020-06-01'), to: day('2020-06-09') })).toEqual([]);
});
