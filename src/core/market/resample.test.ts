import { describe, expect, test } from 'vitest';
import type { Bars, Timeframe } from './bars.ts';
import { closedAt, resample } from './resample.ts';
import { barEnd, barStart, guessTimeframe } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function barsAt(timeframe: Timeframe, times: readonly number[]): Bars {
  const column = (value: (index: number) => number) => Float64Array.from(times, (_, index) => value(index));
  return {
    symbol: 'TEST', timeframe, length: times.length, time: Float64Array.from(times),
    open: column((i) => 100 + i), high: column((i) => 110 + i), low: column((i) => 90 + i), close: column((i) => 101 + i), volume: column(() => 10),
  };
}

const text = (time: number): string => new Date(time).toISOString().slice(0, 16);

describe('the calendar of bars', () => {
  test('weeks begin on Monday, months on the first', () => {
    const time = Date.UTC(2024, 1, 29, 13, 47);
    expect([text(barStart(time, '1w')), text(barStart(time, '1M')), text(barStart(time, '4h')), text(barStart(time, '15m'))]).toEqual(['2024-02-26T00:00', '2024-02-01T00:00', '2024-02-29T12:00', '2024-02-29T13:45']);
    expect(text(barEnd(Date.UTC(2024, 1, 1), '1M'))).toBe('2024-03-01T00:00');
  });

  test('a day that opens in the evening is over a day later, not at midnight', () => {
    expect(text(barEnd(Date.UTC(2024, 0, 1, 22), '1d'))).toBe('2024-01-02T22:00');
  });

  test('the timeframe is the one nearest to the usual distance', () => {
    // Weekends and a hole do not matter.
    expect(guessTimeframe(Float64Array.of(0, 1, 2, 3, 4, 7, 8, 9, 20).map((day) => day * DAY))).toBe('1d');
    expect(guessTimeframe(Float64Array.of(0, 1, 2, 17).map((hour) => hour * HOUR))).toBe('1h');
    expect(guessTimeframe(Float64Array.of(0, 31, 59, 90).map((day) => day * DAY))).toBe('1M');
  });
});

describe('longer bars out of shorter ones', () => {
  // 22:00, 23:00, 00:00, 01:00, and after a day without bars, 05:00.
  const hours = barsAt('1h', [22, 23, 24, 25, 53].map((hour) => hour * HOUR));

  test('have the first open, the highest high, the lowest low, the last close and all the volume', () => {
    const days = resample(hours, '1d');
    expect(Array.from(days.time)).toEqual([0, DAY, 2 * DAY]);
    expect([days.open, days.high, days.low, days.close, days.volume].map((column) => Array.from(column))).toEqual([[100, 102, 104], [111, 113, 114], [90, 92, 94], [102, 104, 105], [20, 20, 10]]);
  });

  test('are read as of the last one that has closed', () => {
    // The first day closes with the bar of 23:00; the second, of which no bar is the last, with the first bar behind it.
    expect(Array.from(closedAt(hours, resample(hours, '1d')))).toEqual([-1, 0, 0, 0, 1]);
  });
});
