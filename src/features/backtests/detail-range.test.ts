import fc from 'fast-check';
import { expect, test } from 'vitest';
import { around, detailRange, MOST_BARS } from './detail-range.ts';

const MINUTE = 60_000;

test('what is looked at lies within, and no more bars are asked for than a chart shows finer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 2e12 }),
      fc.integer({ min: 1, max: 3e9 }),
      fc.integer({ min: 2, max: 500 }),
      (from, span, reducedBy) => {
        const range = detailRange({ from, to: from + span }, '1m', reducedBy);
        if (range === null) return;
        expect(range.from).toBeLessThanOrEqual(from);
        expect(range.to).toBeGreaterThanOrEqual(from + span);
        expect((range.to - range.from) / MINUTE / MOST_BARS).toBeLessThanOrEqual(reducedBy / 2);
      },
    ),
  );
});

test('bars that are all there, and ranges that would be no finer, need nothing', () => {
  expect(detailRange({ from: 0, to: 100 * MINUTE }, '1m', 1)).toBeNull();
  expect(detailRange({ from: 0, to: 1_000_000 * MINUTE }, '1m', 250)).toBeNull();
  expect(detailRange({ from: 0, to: 1000 * MINUTE }, '1m', 250)).not.toBeNull();
});

test('a little to the side is the same range', () => {
  const look = { from: 10_000 * MINUTE, to: 11_000 * MINUTE };
  expect(detailRange({ from: look.from + MINUTE, to: look.to + MINUTE }, '1m', 250)).toEqual(
    detailRange(look, '1m', 250),
  );
});

test('a trade is shown with twenty bars around it at the least', () => {
  expect(around({ entryTime: 0, exitTime: MINUTE }, '1m')).toEqual({ from: -20 * MINUTE, to: 21 * MINUTE });
  expect(around({ entryTime: 0, exitTime: 1000 * MINUTE }, '1m')).toEqual({ from: -600 * MINUTE, to: 1600 * MINUTE });
});
