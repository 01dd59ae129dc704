import { expect, test } from 'vitest';
import type { Timeframe } from './bars.ts';
import { lengthProblem } from './named-length.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday. */
const BEGIN = Date.UTC(2021, 0, 4);

const problem = (times: readonly number[], timeframe: Timeframe): string | undefined =>
  lengthProblem(Float64Array.from(times), timeframe)?.message;
const every = (count: number, distance: number, from = BEGIN): number[] =>
  Array.from({ length: count }, (_, bar) => from + bar * distance);
const weekdays = (count: number): number[] =>
  every(2 * count, DAY)
    .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
    .slice(0, count);
const sessions = (days: number, ...hours: readonly number[]): number[] =>
  weekdays(days).flatMap((day) => hours.map((hour) => day + hour * HOUR));
const months = (count: number): number[] => Array.from({ length: count }, (_, month) => Date.UTC(2020, month, 1));

test.each<[string, Timeframe, number[]]>([
  ['the only bar of each session, which seems to be a day', '8h', sessions(100, 9.5)],
  ['of half a day', '12h', sessions(100, 0)],
  ['of four hours', '4h', sessions(60, 9)],
  ['bars of the day and of the night', '6h', sessions(60, 9, 21)],
  ['segments of one bar each', '3h', sessions(60, 9, 12.5)],
  ['five days of trade, which seem to be weeks', '5d', every(60, 7 * DAY)],
  ['five bars of a market that is seldom traded, all two lengths apart', '45m', every(5, 90 * MINUTE)],
  ['two bars with a hole between them', '4h', every(2, 12 * HOUR)],
  ['two bars over a weekend', '1d', [BEGIN - 3 * DAY, BEGIN]],
  ['one bar', '3d', [BEGIN]],
  [
    'minutes, few of them next to each other',
    '1m',
    [0, 2, 5, 7, 12, 15, 19, 21, 24, 26, 31].map((minute) => BEGIN + minute * MINUTE),
  ],
  [
    'quarters, the first of them cut short by the beginning of the file',
    '3M',
    [Date.UTC(2021, 4, 5), Date.UTC(2021, 6, 1), Date.UTC(2021, 9, 1)],
  ],
])('who names a length knows what the times do not tell: %s', (_name, timeframe, times) => {
  expect(problem(times, timeframe)).toBeUndefined();
});

test.each<[string, Timeframe, number[]]>([
  ['minutes, of days', '1m', every(50, DAY)],
  ['hours, of weekdays', '1h', weekdays(50)],
  ['half a day, of days without weekends', '12h', every(50, DAY)],
  ['days, of weeks', '1d', every(40, 7 * DAY)],
  ['weeks, of months', '1w', months(24)],
  ['minutes, of months', '1m', months(6)],
  ['months, of quarters', '1M', months(90).filter((_at, month) => month % 3 === 0)],
  ['half an hour, of hours', '30m', sessions(20, 9, 10, 11, 12, 13, 14, 15)],
  ['45 minutes, of hours', '45m', sessions(20, 9, 10, 11, 12, 13, 14, 15)],
  ['an hour, of two bars a day', '1h', sessions(40, 9.5, 13.5)],
  ['two hours, of six', '2h', every(60, 6 * HOUR)],
  ['a minute, of three bars a day', '1m', sessions(40, 9.5, 17, 29)],
])('a length by which bars would be over too early is refused: %s', (_name, timeframe, times) => {
  expect(problem(times, timeframe)).toMatch(/^Between bars of \w+ there would be holes everywhere\. /);
});

test('so is one that holds for a part of the bars alone', () => {
  const daysAndHours = [...weekdays(300), ...sessions(400, 9.5, 10.5, 11.5, 12.5, 13.5).slice(1500)];
  expect(problem(daysAndHours, '1h')).toMatch(
    /^Bars of 1h would be over before those from here on are\. The bars do not say how long they last/,
  );
  expect(problem([...weekdays(100), ...sessions(200, 9.5, 13.5).slice(200)], '4h')).toContain(
    'would be over before those from here on are',
  );
  expect(problem(daysAndHours, '1d')).toContain('would overlap');
});

test('and one by which bars overlap', () => {
  expect(problem(every(50, HOUR), '1d')).toBe(
    'Bars of 1d would overlap: all of 49 open before the one before is over. They are bars of 1h.',
  );
  expect(problem(every(50, 12 * HOUR), '1d')).toContain('They are bars of 12h.');
  expect(problem(sessions(40, 9.5, 11.5, 13.5, 15.5), '4h')).toContain('They are bars of 2h.');
  expect(problem([...every(100, HOUR), ...every(100, 4 * HOUR, BEGIN + 105 * HOUR)], '4h')).toContain('would overlap');
});
