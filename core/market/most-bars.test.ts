import { expect, test } from 'vitest';
import { mostBars } from './most-bars.ts';

const DAY = 86_400_000;

test('a range has no more bars than the market, and no more than fit into it', () => {
  // Weekdays of two weeks.
  const market = { timeframe: '1d', barCount: 10, firstTime: 4 * DAY, lastTime: 15 * DAY } as const;
  expect(mostBars(market)).toBe(10);
  expect(mostBars(market, 4 * DAY, 6 * DAY)).toBe(3);
  expect(mostBars(market, null, 5 * DAY)).toBe(2);
  expect(mostBars(market, 0, 100 * DAY)).toBe(10);
  expect(mostBars(market, 20 * DAY, null)).toBe(0);
  const months = {
    timeframe: '1M',
    barCount: 3,
    firstTime: Date.UTC(2023, 0, 1),
    lastTime: Date.UTC(2023, 2, 1),
  } as const;
  expect(mostBars(months)).toBe(3);
});
