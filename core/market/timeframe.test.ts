import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Timeframe } from './bars.ts';
import { arbitraryTimeframe } from './testing/arbitrary-timeframe.ts';
import {
  barEnd,
  barStart,
  canBeMadeOf,
  latestBarEnd,
  mayChangeClocks,
  parseTimeframe,
  timeframeLength,
} from './timeframe.ts';

const text = (time: number): string => new Date(time).toISOString().slice(0, 16);

/** Bars of several days that are no weeks. */
const mayCountDaysOfTrade = (timeframe: Timeframe): boolean => timeframe.endsWith('d') && timeframe !== '1d';

describe('the length of bars', () => {
  test('has one text', () => {
    expect(
      ['60m', '90m', '24h', '36h', '7d', '14d', '10d', '12M', '3M', '120s', '1s', '168h'].map(parseTimeframe),
    ).toEqual(['1h', '90m', '1d', '36h', '1w', '2w', '10d', '12M', '3M', '2m', '1s', '1w']);
    expect(['', '0m', '-1h', '1.5h', '1H', '1y', 'm', '01h', '1 h', '99999m'].map(parseTimeframe)).toEqual(
      Array.from({ length: 10 }, () => null),
    );
  });

  test('reads its own text, and no two texts are as long', () => {
    fc.assert(
      fc.property(arbitraryTimeframe, arbitraryTimeframe, (a, b) => {
        expect(parseTimeframe(a)).toBe(a);
        if (a !== b && !`${a}${b}`.includes('M')) expect(timeframeLength(a)).not.toBe(timeframeLength(b));
      }),
    );
  });

  test.each<[Timeframe, string, string]>([
    ['45m', '2024-02-29T12:45', '2024-02-29T13:30'],
    ['12h', '2024-02-29T12:00', '2024-03-01T00:00'],
    ['1d', '2024-02-29T00:00', '2024-03-01T00:00'],
    // From Monday 1970-01-05 on there are 19,778 days: 6,592 times three, and two; and 2,825 weeks.
    ['3d', '2024-02-27T00:00', '2024-03-01T00:00'],
    ['1w', '2024-02-26T00:00', '2024-03-04T00:00'],
    ['2w', '2024-02-19T00:00', '2024-03-04T00:00'],
    ['1M', '2024-02-01T00:00', '2024-03-01T00:00'],
    ['3M', '2024-01-01T00:00', '2024-04-01T00:00'],
    ['12M', '2024-01-01T00:00', '2025-01-01T00:00'],
  ])('a bar of %s begins and ends by the calendar', (timeframe, start, end) => {
    const begin = barStart(Date.UTC(2024, 1, 29, 13, 17), timeframe);
    expect([text(begin), text(barEnd(begin, timeframe))]).toEqual([start, end]);
  });

  test('every time lies in one bar, which ends where the next begins', () => {
    fc.assert(
      fc.property(
        arbitraryTimeframe,
        fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2060, 0) }),
        (timeframe, time) => {
          const start = barStart(time, timeframe);
          const end = barEnd(start, timeframe);
          expect(start).toBeLessThanOrEqual(time);
          expect(end).toBeGreaterThan(time);
          expect(barStart(end, timeframe)).toBe(end);
          expect(barStart(end - 1, timeframe)).toBe(start);
          if (
            !mayCountDaysOfTrade(timeframe) &&
            !(timeframeLength(timeframe) % 86_400_000 > 3_600_000 && mayChangeClocks(start, end))
          )
            expect(latestBarEnd(start, timeframe)).toBe(end);
          expect(latestBarEnd(time, timeframe)).toBeGreaterThanOrEqual(barEnd(time, timeframe));
        },
      ),
    );
  });

  test('several days may be days of trade, over weekends and holidays', () => {
    // Two days from Tuesday, and China's golden week behind them.
    expect(latestBarEnd(Date.UTC(2024, 8, 30), '2d')).toBeGreaterThanOrEqual(Date.UTC(2024, 9, 9));
    expect(latestBarEnd(Date.UTC(2024, 8, 30), '1w')).toBe(Date.UTC(2024, 9, 7));
  });

  test('days of a time zone may last an hour longer, and months to the end of a longest one', () => {
    expect(text(latestBarEnd(Date.UTC(2024, 10, 2, 4), '1d'))).toBe('2024-11-03T05:00');
    // Moscow: March of 2024 begins in UTC on the last evening of February.
    expect(text(barEnd(Date.UTC(2024, 1, 29, 21), '1M'))).toBe('2024-03-31T21:00');
    expect(text(latestBarEnd(Date.UTC(2024, 1, 29, 21), '1M'))).toBe('2024-03-31T22:00');
  });

  test('longer bars are made of those that they are a whole multiple of; months of all that are shorter', () => {
    const pairs: readonly (readonly [Timeframe, Timeframe])[] = [
      ['1h', '20m'],
      ['1h', '25m'],
      ['1d', '7h'],
      ['1w', '2d'],
      ['2w', '1w'],
      ['3M', '1M'],
      ['5M', '2M'],
      ['1M', '1w'],
      ['1M', '7h'],
      ['5w', '1M'],
      ['1h', '1d'],
      ['45m', '45m'],
    ];
    expect(pairs.map(([longer, shorter]) => canBeMadeOf(longer, shorter))).toEqual([
      true,
      false,
      false,
      false,
      true,
      true,
      false,
      true,
      true,
      false,
      false,
      true,
    ]);
  });
});
