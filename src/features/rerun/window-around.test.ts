import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMON_TIMEFRAMES, shortestBar } from '#core/market/timeframe.ts';
import { MOST_RERUN, windowAround } from './window-around.ts';

const timeframes = fc.constantFrom(...COMMON_TIMEFRAMES);
const times = fc.integer({ min: 0, max: 4e12 });

test('a window has the bar, bars enough before it, and never more than a browser computes', () => {
  fc.assert(
    fc.property(times, timeframes, (time, timeframe) => {
      const bar = shortestBar(timeframe);
      const { from, to } = windowAround(time, timeframe, {});
      expect(to - time).toBeGreaterThanOrEqual(1000 * bar);
      expect(time - from).toBeGreaterThanOrEqual(16_000 * bar);
      expect((to - from) / bar + 1).toBeLessThanOrEqual(MOST_RERUN);
    }),
  );
});

test('a window stays within the run, and neighbours share it', () => {
  const minute = 60_000;
  const time = 2_000_000 * minute;
  const run = { from: time - 5 * minute, to: time + 5 * minute };
  expect(windowAround(time, '1m', run)).toEqual(run);
  expect(windowAround(time + minute, '1m', {})).toEqual(windowAround(time, '1m', {}));
});
