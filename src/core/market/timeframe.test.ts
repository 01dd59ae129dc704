import { expect, test } from 'vitest';
import { guessTimeframe, timeframeProblem } from './timeframe.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const every = (distance: number): Float64Array => Float64Array.from({ length: 50 }, (_, bar) => bar * distance);

test('the timeframe that bars have by the distance between most of them', () => {
  expect([MINUTE, 4 * MINUTE, 14 * MINUTE, 60 * MINUTE, DAY, 7 * DAY, 30.4 * DAY].map((distance) => guessTimeframe(every(distance)))).toEqual(['1m', '5m', '15m', '1h', '1d', '1w', '1M']);
});

test('bars that would overlap have another timeframe; those far apart may have any', () => {
  expect(timeframeProblem(every(MINUTE), '1d')).toBe('Most bars open before the one before them would be over: they are no 1d bars, but 1m ones.');
  expect(timeframeProblem(every(DAY), '1m')).toBeNull();
  expect(timeframeProblem(every(23 * 60 * MINUTE), '1d')).toBeNull();
  expect(timeframeProblem(every(28 * DAY), '1M')).toBeNull();
  expect(timeframeProblem(Float64Array.of(0), '1d')).toBeNull();
});
