import { describe, expect, test } from 'vitest';
import type { Bars, Timeframe } from './bars.ts';
import { findGaps } from './find-gaps.ts';
import { timeframeLength } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2024, 0, 1);

/**
 * Bars of so many days, where `isOpen` (day of the week from Monday 0, hour) says so, without those at `missing` times.
 */
function barsWhere(
  timeframe: Timeframe,
  days: number,
  isOpen: (weekday: number, hour: number) => boolean,
  isMissing: (time: number) => boolean = () => false,
): Bars {
  const step = timeframeLength(timeframe);
  const times: number[] = [];
  for (let time = MONDAY; time < MONDAY + days * DAY; time += step) {
    const open = isOpen(Math.floor((time - MONDAY) / DAY) % 7, ((time - MONDAY) % DAY) / HOUR);
    if (open && !isMissing(time)) times.push(time);
  }
  const one = new Float64Array(times.length).fill(1);
  return {
    symbol: 'TEST',
    timeframe,
    length: times.length,
    time: Float64Array.from(times),
    open: one,
    high: one,
    low: one,
    close: one,
    volume: one,
  };
}

const always = () => true;
const weekdays = (weekday: number) => weekday < 5;
const exchange = (weekday: number, hour: number) => weekday < 5 && hour >= 14.5 && hour < 21;
const currencies = (weekday: number, hour: number) =>
  weekday < 4 || (weekday === 4 && hour < 22) || (weekday === 6 && hour >= 22);
const gapsAt = (bars: Bars): string[] =>
  findGaps(bars).map((bar) => new Date(bars.time[bar] ?? 0).toISOString().slice(0, 16));
const between = (from: number, to: number) => (time: number) => time >= from && time < to;

describe('holes', () => {
  test('nights, weekends and holidays are none', () => {
    expect(gapsAt(barsWhere('15m', 60, exchange))).toEqual([]);
    expect(gapsAt(barsWhere('15m', 60, currencies))).toEqual([]);
    const holiday = MONDAY + 9 * DAY;
    expect(gapsAt(barsWhere('1d', 60, weekdays))).toEqual([]);
    expect(gapsAt(barsWhere('1d', 60, weekdays, between(holiday, holiday + DAY)))).toEqual([]);
    expect(gapsAt(barsWhere('1h', 60, currencies, between(holiday, holiday + DAY)))).toEqual([]);
    expect(gapsAt(barsWhere('15m', 60, exchange, between(holiday, holiday + DAY)))).toEqual([]);
    // A day that closes early.
    expect(gapsAt(barsWhere('15m', 60, exchange, between(holiday + 18 * HOUR, holiday + DAY)))).toEqual([]);
  });

  test.each([
    ['an exchange', exchange],
    ['currencies', currencies],
    ['a market that never closes', always],
  ])('within a session of %s are found', (_name, isOpen) => {
    const noon = MONDAY + 15 * DAY + 17 * HOUR;
    expect(gapsAt(barsWhere('15m', 60, isOpen, between(noon, noon + HOUR)))).toEqual(['2024-01-16T18:00']);
    expect(gapsAt(barsWhere('1m', 30, isOpen, between(noon, noon + 60_000)))).toEqual(['2024-01-16T17:01']);
  });

  test('also when there are only a few days', () => {
    const noon = MONDAY + 3 * DAY + 17 * HOUR;
    expect(gapsAt(barsWhere('5m', 5, exchange, between(noon, noon + HOUR)))).toEqual(['2024-01-04T18:00']);
    expect(gapsAt(barsWhere('5m', 12, currencies))).toEqual([]);
  });

  test('a missing day is one where there are no closed days', () => {
    const day = MONDAY + 20 * DAY;
    expect(gapsAt(barsWhere('1d', 60, always, between(day, day + DAY)))).toEqual(['2024-01-22T00:00']);
    expect(gapsAt(barsWhere('1h', 60, always, between(day, day + DAY)))).toEqual(['2024-01-22T00:00']);
  });

  test('longer ones than any holiday are always found', () => {
    const from = MONDAY + 7 * DAY;
    expect(gapsAt(barsWhere('1h', 90, exchange, between(from, from + 14 * DAY)))).toHaveLength(1);
    expect(gapsAt(barsWhere('1d', 90, weekdays, between(from, from + 14 * DAY)))).toHaveLength(1);
    expect(gapsAt(barsWhere('1w', 90, always, between(from, from + 21 * DAY)))).toHaveLength(1);
  });

  test('a market that is seldom traded has none', () => {
    // Half of the bars are missing, here and there.
    expect(
      gapsAt(barsWhere('5m', 60, always, (time) => (Math.imul(time / 300_000, 0x9e3779b1) >>> 0) % 2 === 0)),
    ).toEqual([]);
  });
});
