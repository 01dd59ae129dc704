import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Timeframe } from './bars.ts';
import { lengthProblem } from './named-length.ts';
import { readLength } from './read-length.ts';
import { arbitraryTimeframe } from './testing/arbitrary-timeframe.ts';
import { barEnd, timeframeOf } from './timeframe.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday. */
const BEGIN = Date.UTC(2021, 0, 4);

const lengthOf = (times: readonly number[]): string => {
  const read = readLength(Float64Array.from(times));
  return read.ok ? read.value : `bar ${read.error.bar}: ${read.error.message}`;
};
const every = (count: number, distance: number, from = BEGIN): number[] =>
  Array.from({ length: count }, (_, bar) => from + bar * distance);
const weekdays = (count: number): number[] =>
  every(2 * count, DAY)
    .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
    .slice(0, count);
const sessions = (days: number, ...hours: readonly number[]): number[] =>
  weekdays(days).flatMap((day) => hours.map((hour) => day + hour * HOUR));

describe('the length of bars is read off', () => {
  test.each<[string, Timeframe, number[]]>([
    ['half a day', '12h', every(6, 12 * HOUR)],
    ['three quarters of an hour', '45m', every(8, 45 * MINUTE)],
    ['three days', '3d', every(9, 3 * DAY)],
    ['two weeks', '2w', every(5, 14 * DAY)],
    ['four weeks', '4w', every(30, 28 * DAY)],
    ['23 hours, all of them', '23h', every(50, 23 * HOUR)],
    ['weekdays', '1d', weekdays(300)],
    ['a Friday and the days behind it', '1d', weekdays(8).slice(4)],
    ['sessions', '1h', sessions(60, 9.5, 10.5, 11.5, 12.5, 13.5, 14.5, 15.5)],
    ['sessions with a break at noon', '1h', sessions(60, 9.5, 10.5, 13, 14)],
    ['sessions that begin with half an hour', '1h', sessions(60, 9.5, 10, 11, 12, 13, 14, 15)],
    ['two bars a day', '4h', sessions(60, 9.5, 13.5)],
    ['sessions of futures on a grid that their break cuts', '4h', sessions(60, 0, 4, 8, 12, 16, 18, 20).slice(1)],
    [
      'currencies',
      '1h',
      every(24 * 70, HOUR).filter((time) => ![6, 0].includes(new Date(time + 2 * HOUR).getUTCDay())),
    ],
    [
      'a minute that is seldom traded, most often after five',
      '1m',
      [0, 1, 6, 11, 12, 17, 22, 24, 29, 34, 35, 40, 45, 48, 49, 54].map((minute) => BEGIN + minute * MINUTE),
    ],
    [
      'days in New York, over both changes of clocks',
      '1d',
      every(800, DAY).map(
        (day) => day + (new Date(day).getUTCMonth() > 2 && new Date(day).getUTCMonth() < 10 ? 4 : 5) * HOUR,
      ),
    ],
    [
      'weeks that begin on Tuesday behind a holiday',
      '1w',
      every(80, 7 * DAY).map((week, index) => (index % 11 === 0 ? week + DAY : week)),
    ],
    [
      'weeks that are named by their last day',
      '1w',
      every(80, 7 * DAY, BEGIN + 4 * DAY).map((week, index) => (index % 11 === 0 ? week - DAY : week)),
    ],
    ['months', '1M', Array.from({ length: 20 }, (_, month) => Date.UTC(2020, month, 1))],
    ['February, March and April', '1M', [Date.UTC(2021, 1, 1), Date.UTC(2021, 2, 1), Date.UTC(2021, 3, 1)]],
    ['months in Moscow', '1M', Array.from({ length: 20 }, (_, month) => Date.UTC(2020, month, 1) - 3 * HOUR)],
    ['quarters', '3M', Array.from({ length: 20 }, (_, quarter) => Date.UTC(2020, 3 * quarter, 1))],
    ['years', '12M', [2019, 2020, 2021].map((year) => Date.UTC(year, 0, 1))],
  ])('%s', (_name, timeframe, times) => {
    expect(lengthOf(times)).toBe(timeframe);
    expect(lengthProblem(Float64Array.from(times), timeframe)).toBeNull();
  });

  test('all distances, also those far behind in a file', () => {
    expect(lengthOf([...every(3000, HOUR), ...every(5, MINUTE, BEGIN + 3000 * HOUR)])).toBe(
      'bar 3001: The bars do not say how long they last: 3,000 open 1h after the one before (first that of 2021-01-04 01:00), 4 open 1m after the one before (first that of 2021-05-09 00:01).',
    );
  });

  test.each<[string, number[]]>([
    ['first days, then hours', [...weekdays(300), ...sessions(400, 9.5, 10.5, 11.5, 12.5, 13.5).slice(1500)]],
    ['a few days, then hours', [...every(5, DAY), ...every(6, HOUR, BEGIN + 4 * DAY + HOUR)]],
    ['hours, then some of four hours', [...every(100, HOUR), ...every(20, 4 * HOUR, BEGIN + 105 * HOUR)]],
    [
      'quarters, then months',
      [
        ...Array.from({ length: 5 }, (_, quarter) => Date.UTC(2020, 3 * quarter, 1)),
        ...Array.from({ length: 8 }, (_, month) => Date.UTC(2021, 1 + month, 1)),
      ],
    ],
    ['times of trades', Array.from({ length: 300 }, (_, index) => BEGIN + index * 7919 + ((index * index) % 7907))],
    [
      'no two bars next to each other',
      [0, 2, 5, 7, 12, 15, 19, 21, 24, 26, 31].map((minute) => BEGIN + minute * MINUTE),
    ],
    ['Friday, Monday, Friday, Monday', [BEGIN - 3 * DAY, BEGIN, BEGIN + 4 * DAY, BEGIN + 7 * DAY]],
    [
      'five days of trade, which move on with a holiday',
      every(6, 7 * DAY).map((week, index) => (index < 3 ? week : week + DAY)),
    ],
    ['a quarter and a part of the one before', [Date.UTC(2021, 4, 5), Date.UTC(2021, 6, 1), Date.UTC(2021, 9, 1)]],
    ['two bars a day, of 150 minutes or of four hours', sessions(60, 9.5, 12)],
    ['two bars a day, of three hours or of four', sessions(60, 9, 12)],
    ['three bars a day, the first of them cut short', sessions(60, 14.5, 16, 20)],
    ['one hour and three hours in turn', sessions(60, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21)],
    ['one bar', [BEGIN]],
    ['two bars', [BEGIN, BEGIN + HOUR]],
    ['two bars that are nine days apart', [BEGIN, BEGIN + 9 * DAY]],
  ])('and refused, in words, of %s', (_name, times) => {
    expect(lengthOf(times)).toMatch(
      /^bar \d+: (The bars do not say how long they last: |One bar does not say how long it lasts\.$|Two bars do not say how long they last: )/,
    );
  });

  test('whatever the session, the grid and the zone: as it is, or refused; and taken when it is named', () => {
    const lengths = [30, 45, 60, 90, 120, 180, 240, 360, 480, 720] as const;
    // In halves of an hour; sessions of futures go over midnight.
    const session = fc.constantFrom(
      [18, 33],
      [18, 34],
      [16, 33],
      [19, 32],
      [20, 30],
      [8, 40],
      [36, 82],
      [34, 80],
      [0, 48],
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...lengths),
        session,
        fc.constantFrom('open', 'utc'),
        fc.integer({ min: -10, max: 10 }),
        fc.integer({ min: 20, max: 60 }),
        (minutes, [from = 0, to = 0], grid, zone, days) => {
          const length = minutes * MINUTE;
          const times = weekdays(days).flatMap((day) => {
            const [open, close] = [day + (from / 2 - zone) * HOUR, day + (to / 2 - zone) * HOUR];
            const bars: number[] = [];
            for (let time = open; time < close;) {
              bars.push(time);
              const phase = grid === 'open' ? open : 0;
              time = Math.floor((time - phase) / length + 1) * length + phase;
            }
            return bars;
          });
          const timeframe = timeframeOf(length) ?? expect.fail('no length');
          const read = readLength(Float64Array.from(times));
          // One bar a day is a day.
          if (read.ok) expect(read.value).toBe(times.length === days ? '1d' : timeframe);
          else expect(lengthProblem(Float64Array.from(times), timeframe)).toBeNull();
        },
      ),
      { numRuns: 400 },
    );
  });

  test('whatever it is, over nights, weekends and holes', () => {
    const holes = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 40 })), {
      minLength: 30,
      maxLength: 60,
    });
    fc.assert(
      fc.property(arbitraryTimeframe, holes, (timeframe, steps) => {
        let time = timeframe.endsWith('M') ? Date.UTC(1970, 0, 1) : BEGIN;
        const times = [time];
        for (const step of steps) {
          for (let count = 0; count < step; count += 1) time = barEnd(time, timeframe);
          times.push(time);
        }
        fc.pre(times.some((at, bar) => bar > 2 && at === barEnd(times[bar - 1] ?? 0, timeframe)));
        const read = readLength(Float64Array.from(times));
        // A few holes in a row that are alike may be bars of another length: then it asks.
        if (read.ok) expect(read.value).toBe(timeframe);
        else
          expect(lengthProblem(Float64Array.from(times), timeframe)?.message ?? 'none').toMatch(
            /none|The bars do not say/,
          );
      }),
    );
  });
});
