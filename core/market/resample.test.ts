import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bars, Timeframe } from './bars.ts';
import { closedAt, resample } from './resample.ts';
import { barEnd, barStart, timeframeLength } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function barsAt(timeframe: Timeframe, times: readonly number[]): Bars {
  const column = (value: (index: number) => number) => Float64Array.from(times, (_, index) => value(index));
  return {
    symbol: 'TEST',
    timeframe,
    length: times.length,
    time: Float64Array.from(times),
    open: column((i) => 100 + i),
    high: column((i) => 110 + i),
    low: column((i) => 90 + i),
    close: column((i) => 101 + i),
    volume: column(() => 10),
  };
}

const text = (time: number): string => new Date(time).toISOString().slice(0, 16);

describe('the calendar of bars', () => {
  test('weeks begin on Monday, months on the first', () => {
    const time = Date.UTC(2024, 1, 29, 13, 47);
    expect([
      text(barStart(time, '1w')),
      text(barStart(time, '1M')),
      text(barStart(time, '4h')),
      text(barStart(time, '15m')),
    ]).toEqual(['2024-02-26T00:00', '2024-02-01T00:00', '2024-02-29T12:00', '2024-02-29T13:45']);
    expect(text(barEnd(Date.UTC(2024, 1, 1), '1M'))).toBe('2024-03-01T00:00');
  });

  test('a month later is the last day, where there is no such day', () => {
    expect(
      [Date.UTC(2024, 0, 31, 22), Date.UTC(2023, 0, 30), Date.UTC(2024, 11, 31)].map((time) =>
        text(barEnd(time, '1M')),
      ),
    ).toEqual(['2024-02-29T22:00', '2023-02-28T00:00', '2025-01-31T00:00']);
  });

  test('a day that opens in the evening is over a day later, not at midnight', () => {
    expect(text(barEnd(Date.UTC(2024, 0, 1, 22), '1d'))).toBe('2024-01-02T22:00');
  });
});

describe('longer bars out of shorter ones', () => {
  // 22:00, 23:00, 00:00, 01:00, and after a day without bars, 05:00.
  const hours = barsAt(
    '1h',
    [22, 23, 24, 25, 53].map((hour) => hour * HOUR),
  );

  test('have the first open, the highest high, the lowest low, the last close and all the volume', () => {
    const days = resample(hours, '1d');
    expect(Array.from(days.time)).toEqual([0, DAY, 2 * DAY]);
    expect([days.open, days.high, days.low, days.close, days.volume].map((column) => Array.from(column))).toEqual([
      [100, 102, 104],
      [111, 113, 114],
      [90, 92, 94],
      [102, 104, 105],
      [20, 20, 10],
    ]);
  });

  test('are read as of the last one that has closed', () => {
    // The first day closes with the bar of 23:00; the second, of which no bar is the last, with the first bar behind
    // it.
    expect(Array.from(closedAt(hours, resample(hours, '1d')))).toEqual([-1, 0, 0, 0, 1]);
  });
});

describe('a longer bar', () => {
  const at = (day: string, time = '00:00') => Date.parse(`${day}T${time}Z`);
  const hoursOf = (day: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => at(day) + (from + index) * HOUR);
  const made = (bars: Bars, timeframe: Timeframe) => {
    const { time, closes = new Float64Array(0), volume } = resample(bars, timeframe);
    return Array.from(
      time,
      (start, index) => `${text(start)} closes ${text(closes[index] ?? Number.NaN)} with ${volume[index]}`,
    );
  };

  test('of a market that is closed at night is there at midnight', () => {
    // Thursday and Friday from 8 to 16, as seen by a market that never closes.
    const stock = barsAt('1h', [...hoursOf('2024-05-30', 8, 16), ...hoursOf('2024-05-31', 8, 16)]);
    expect(made(stock, '1d')).toEqual([
      '2024-05-30T00:00 closes 2024-05-31T00:00 with 80',
      '2024-05-31T00:00 closes 2024-06-01T00:00 with 80',
    ]);
    const coin = barsAt('1h', hoursOf('2024-05-30', 22, 26));
    expect(Array.from(closedAt(coin, resample(stock, '1d')))).toEqual([-1, 0, 0, 0]);
  });

  test('of bars that open off the hour might still get one, for as long as a bar lasts', () => {
    const stock = barsAt(
      '1h',
      [...hoursOf('2024-05-30', 14, 21), ...hoursOf('2024-05-31', 14, 21)].map((time) => time + HOUR / 2),
    );
    expect(made(stock, '1d')).toEqual([
      '2024-05-30T00:00 closes 2024-05-31T01:00 with 70',
      '2024-05-31T00:00 closes 2024-06-01T01:00 with 70',
    ]);
    // Its own bars read Thursday from the first bar of Friday on.
    expect(Array.from(closedAt(stock, resample(stock, '1d')))).toEqual([
      ...Array.from({ length: 7 }, () => -1),
      ...Array.from({ length: 7 }, () => 0),
    ]);
  });

  test('closes with the bar that goes over its end, which belongs to it', () => {
    const bars = barsAt('4h', [
      at('2024-05-30', '14:00'),
      at('2024-05-30', '18:00'),
      at('2024-05-30', '22:00'),
      at('2024-05-31', '02:00'),
    ]);
    expect(made(bars, '1d')).toEqual([
      '2024-05-30T00:00 closes 2024-05-31T02:00 with 30',
      '2024-05-31T00:00 closes 2024-06-01T04:00 with 10',
    ]);
    expect(Array.from(closedAt(bars, resample(bars, '1d')))).toEqual([-1, -1, 0, 0]);
  });

  test('that has closed by the clock gets no more, even if a bar has gone over its end', () => {
    const bars = barsAt('1h', [at('2024-05-30', '22:00'), at('2024-05-30', '23:30'), at('2024-05-31', '00:30')]);
    expect(made(bars, '1d')).toEqual([
      '2024-05-30T00:00 closes 2024-05-31T00:00 with 10',
      '2024-05-31T00:00 closes 2024-06-01T01:00 with 20',
    ]);
  });

  test('has nothing of one that opens at its end', () => {
    const bars = barsAt('1h', [at('2024-05-30', '21:30'), at('2024-05-31', '00:00')]);
    expect(made(bars, '1d')).toEqual([
      '2024-05-30T00:00 closes 2024-05-31T01:00 with 10',
      '2024-05-31T00:00 closes 2024-06-01T00:00 with 10',
    ]);
  });

  test('of a week goes from Monday to Monday, of a month from the first to the first, summer time or not', () => {
    // From Friday 29 March 2024 on, over a change to summer time; no weekends.
    const days = barsAt(
      '1d',
      ['2024-03-29', '2024-04-01', '2024-04-02', '2024-04-03', '2024-04-04', '2024-04-05', '2024-04-08'].map((day) =>
        at(day),
      ),
    );
    expect(made(days, '1w')).toEqual([
      '2024-03-25T00:00 closes 2024-04-01T00:00 with 10',
      '2024-04-01T00:00 closes 2024-04-08T00:00 with 50',
      '2024-04-08T00:00 closes 2024-04-15T00:00 with 10',
    ]);
    expect(made(days, '1M')).toEqual([
      '2024-03-01T00:00 closes 2024-04-01T00:00 with 10',
      '2024-04-01T00:00 closes 2024-05-01T00:00 with 60',
    ]);
    // The week of Monday is read when it has closed: with Monday's bar by a market closed on Sundays, with Sunday's by
    // one that is open.
    expect(Array.from(closedAt(days, resample(days, '1w')))).toEqual([-1, 0, 0, 0, 0, 0, 1]);
    const weekend = barsAt(
      '1d',
      ['2024-04-06', '2024-04-07'].map((day) => at(day)),
    );
    expect(Array.from(closedAt(weekend, resample(days, '1w')))).toEqual([0, 1]);
  });

  test('of a month of weeks has the weeks that open in it, and closes with the last of them', () => {
    const weeks = barsAt(
      '1w',
      ['2024-01-22', '2024-01-29', '2024-02-05'].map((day) => at(day)),
    );
    expect(made(weeks, '1M')).toEqual([
      '2024-01-01T00:00 closes 2024-02-05T00:00 with 20',
      '2024-02-01T00:00 closes 2024-03-04T00:00 with 10',
    ]);
  });

  test('has a bar that is cut short by the next one', () => {
    // The first bar ends where the second opens: before the end of the four hours, over which only the second goes.
    const bars = barsAt('1h', [at('2024-05-30', '07:20'), at('2024-05-30', '07:50'), at('2024-05-30', '08:50')]);
    expect(made(bars, '4h')).toEqual([
      '2024-05-30T04:00 closes 2024-05-30T08:50 with 20',
      '2024-05-30T08:00 closes 2024-05-30T13:00 with 10',
    ]);
    expect(Array.from(closedAt(bars, resample(bars, '4h')))).toEqual([-1, 0, 0]);
  });

  test('of any length stands on the calendar', () => {
    const hours = barsAt('1h', hoursOf('2024-05-30', 0, 27));
    expect(made(hours, '12h')).toEqual([
      '2024-05-30T00:00 closes 2024-05-30T12:00 with 120',
      '2024-05-30T12:00 closes 2024-05-31T00:00 with 120',
      '2024-05-31T00:00 closes 2024-05-31T12:00 with 30',
    ]);
    const months = barsAt(
      '1M',
      Array.from({ length: 5 }, (_, month) => Date.UTC(2023, 10 + month, 1)),
    );
    expect(made(months, '3M')).toEqual([
      '2023-10-01T00:00 closes 2024-01-01T00:00 with 20',
      '2024-01-01T00:00 closes 2024-04-01T00:00 with 30',
    ]);
  });

  test('has no volume where one of its bars has none', () => {
    const hours = barsAt('1h', hoursOf('2024-05-30', 20, 26));
    hours.volume[1] = Number.NaN;
    expect(Array.from(resample(hours, '1d').volume)).toEqual([Number.NaN, 20]);
  });

  test('is none where there were no bars', () => {
    const days = barsAt('1d', [at('2024-01-10'), at('2024-04-10')]);
    expect(made(days, '1M')).toEqual([
      '2024-01-01T00:00 closes 2024-02-01T00:00 with 10',
      '2024-04-01T00:00 closes 2024-05-01T00:00 with 10',
    ]);
  });

  test('holds all that has closed, each bar once, and follows the one before', () => {
    const pairs = fc.constantFrom<readonly [Timeframe, Timeframe]>(
      ['1m', '5m'],
      ['15m', '1h'],
      ['1h', '4h'],
      ['1h', '1d'],
      ['4h', '1d'],
      ['1d', '1w'],
      ['1d', '1M'],
      ['1w', '1M'],
    );
    const steps = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.constantFrom(0.3, 0.5, 1.5, 7, 60)), {
      minLength: 1,
      maxLength: 80,
    });
    fc.assert(
      fc.property(pairs, steps, fc.constantFrom(0, 0.5, 0.9), ([source, target], distances, offset) => {
        const length = timeframeLength(source);
        let time = Date.UTC(2024, 0, 1) + offset * length;
        const bars = barsAt(
          source,
          distances.map((distance) => (time += distance * length)),
        );
        const longer = resample(bars, target);
        const closes = Array.from(longer.closes ?? []);
        expect(longer.volume.reduce((sum, volume) => sum + volume, 0)).toBe(10 * bars.length);
        expect(
          Array.from(longer.time).every((start, index) => index === 0 || start > (longer.time[index - 1] ?? 0)),
        ).toBe(true);
        expect(closes.every((close, index) => index === 0 || close >= (closes[index - 1] ?? 0))).toBe(true);
        // What is read at a bar was made of bars up to it: their closes are 101, 102, …
        closedAt(bars, longer).forEach((index, bar) => expect(longer.close[index] ?? 0).toBeLessThanOrEqual(101 + bar));
      }),
    );
  });
});

test('own bars are read as of themselves, also those of a time zone, which might last an hour longer', () => {
  const days = barsAt('1d', [4 * HOUR, 28 * HOUR, 76 * HOUR]);
  expect(Array.from(closedAt(days, days))).toEqual([0, 1, 2]);
  expect(Array.from(closedAt(days, { ...days }))).toEqual([0, 0, 1]);
});

test('a faster feed is read as of its last bar that has closed, over its holes', () => {
  const days = barsAt('1d', [0, DAY, 2 * DAY]);
  const minutes = barsAt('15m', [0, 23.75 * HOUR, 24 * HOUR, 30 * HOUR, 80 * HOUR]);
  expect(Array.from(closedAt(days, minutes))).toEqual([1, 3, 3]);
});
