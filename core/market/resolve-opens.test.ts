import fc from 'fast-check';
import { expect, test } from 'vitest';
import { certainCloseOf } from './bar-close.ts';
import { readCsv, type ReadOptions } from './read-csv.ts';
import { readLength } from './read-length.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (at: number): string => new Date(at).toISOString();

function read(times: readonly string[], said: ReadOptions = {}, header = 'time') {
  const reader = readCsv(said);
  reader.write(`${header},open,high,low,close\n${times.map((time) => `${time},1,2,0.5,1.5\n`).join('')}`);
  return reader.end();
}

/** The first opens that are read, the length and how many notes there are; or why nothing is read. */
function opensOf(times: readonly string[], said: ReadOptions = {}, header = 'time') {
  const file = read(times, said, header);
  if (!file.ok) return file.error.problems[0]?.message ?? '';
  const length = readLength(file.value.time);
  return [iso(file.value.time[0] ?? 0).slice(0, 16), length.ok ? length.value : 'none', file.value.notes.length];
}

const lastDays = (count: number, months: number, isTraded: (day: Date) => boolean = () => true): string[] =>
  Array.from({ length: count }, (_, bar) => {
    const date = new Date(Date.UTC(2015, (bar + 1) * months, 0));
    while (!isTraded(date)) date.setUTCDate(date.getUTCDate() - 1);
    return date.toISOString().slice(0, 10);
  });
const isWeekday = (day: Date): boolean => day.getUTCDay() % 6 !== 0;
const weeks = (count: number, first: number, moved: (week: number) => number = () => 0): string[] =>
  Array.from({ length: count }, (_, week) => iso(first + 7 * DAY * week + moved(week) * DAY).slice(0, 10));
const steps = (count: number, first: string, step: number): string[] =>
  Array.from({ length: count }, (_, bar) => iso(Date.parse(first) + bar * step));

test.each<[string, string[], string, string]>([
  ['months by their last day', lastDays(40, 1), '2015-01-01T00:00', '1M'],
  ['quarters', lastDays(40, 3), '2015-01-01T00:00', '3M'],
  ['years', lastDays(12, 12), '2015-01-01T00:00', '12M'],
  ['months by their last day of trade', lastDays(96, 1, isWeekday), '2015-01-01T00:00', '1M'],
  ['months whose last one is under way', [...lastDays(12, 1, isWeekday), '2016-01-12'], '2015-01-01T00:00', '1M'],
  [
    'weeks by Fridays, and Thursdays before holidays',
    weeks(100, Date.UTC(2015, 0, 2), (week) => (week % 50 === 13 ? -1 : 0)),
    '2014-12-27T00:00',
    '1w',
  ],
  ['hours a millisecond before they close', steps(6, '2023-01-01T00:59:59.999Z', HOUR), '2023-01-01T00:00', '1h'],
  ['hours a second before', steps(6, '2023-01-01T00:59:59Z', HOUR), '2023-01-01T00:00', '1h'],
  ['hours a minute before', steps(6, '2023-01-01T00:59:00Z', HOUR), '2023-01-01T00:00', '1h'],
  ['minutes a second before', steps(6, '2023-01-01T00:00:59Z', 60_000), '2023-01-01T00:00', '1m'],
  ['days a millisecond before', steps(6, '2023-01-01T23:59:59.999Z', DAY), '2023-01-01T00:00', '1d'],
  [
    'days of New York by their close',
    steps(20, '2024-01-01T21:00:00Z', DAY).filter((day) => isWeekday(new Date(day))),
    '2023-12-31T21:00',
    '1d',
  ],
])('times that can only be closes are read as closes, and told: %s', (_name, times, open, length) => {
  expect(opensOf(times)).toEqual([open, length, 1]);
  // Whoever says that they are opens is believed.
  expect(opensOf(times, { times: 'opens' })).toContain(0);
});

test.each<[string, string[], string]>([
  ['months by their first day', ['2023-01-01', '2023-02-01', '2023-03-01', '2023-04-01'], '1M'],
  ['by their first day of trade', ['2023-01-03', '2023-02-01', '2023-03-01', '2023-04-03', '2023-05-02'], '1M'],
  ['weeks by Mondays', weeks(30, Date.UTC(2023, 0, 2)), '1w'],
  ['and Tuesdays behind holidays', weeks(60, Date.UTC(2023, 0, 2), (week) => (week % 20 === 7 ? 1 : 0)), '1w'],
  [
    'weeks by Sundays, and Mondays behind holidays',
    weeks(60, Date.UTC(2023, 0, 1), (week) => (week % 20 === 7 ? 1 : 0)),
    '1w',
  ],
  ['weeks of currencies', weeks(30, Date.UTC(2023, 0, 1)).map((day) => `${day}T22:00:00Z`), '1w'],
  [
    'days in Frankfurt',
    steps(20, '2024-01-01T23:00:00Z', DAY).filter((day) => isWeekday(new Date(Date.parse(day) + HOUR))),
    '1d',
  ],
  ['days of currencies', steps(20, '2024-01-07T22:00:00Z', DAY).filter((day) => new Date(day).getUTCDay() < 5), '1d'],
])('times that can be opens stay opens: %s', (_name, times, length) => {
  expect(opensOf(times)).toEqual([iso(Date.parse(times[0] ?? '')).slice(0, 16), length, 0]);
});

test('months of a zone open on the evening of a last day in UTC, which is told', () => {
  const months = [
    '2023-01-01 00:00+01:00',
    '2023-02-01 00:00+01:00',
    '2023-03-01 00:00+01:00',
    '2023-04-01 00:00+02:00',
  ];
  expect(opensOf(months)).toEqual(['2022-12-31T23:00', '1M', 1]);
});

test.each<[string, string[]]>([
  ['Sundays', weeks(30, Date.UTC(2023, 0, 1))],
  ['Fridays without a holiday', weeks(30, Date.UTC(2023, 0, 6))],
  ['Thursdays', weeks(30, Date.UTC(2023, 0, 5))],
  ['the same day of each month', ['2023-01-20', '2023-02-20', '2023-03-20', '2023-04-20']],
  ['the third Friday', ['2023-01-20', '2023-02-17', '2023-03-17', '2023-04-21', '2023-05-19', '2023-06-16']],
])('where both may be, somebody has to say: %s', (_name, times) => {
  const file = read(times);
  expect(file.ok ? 'read' : file.error).toMatchObject({ asks: 'times', problemCount: 1 });
  expect(read(times, { times: 'opens' }).ok).toBe(true);
});

test('closes that somebody tells are moved by a length, and no bar opens before the one before closes', () => {
  expect(opensOf(steps(6, '2023-01-02T01:00:00Z', HOUR), { times: 'closes' })).toEqual(['2023-01-02T00:00', '1h', 1]);
  expect(opensOf(weeks(30, Date.UTC(2023, 0, 1)), { times: 'closes' })).toEqual(['2022-12-26T00:00', '1w', 1]);
  expect(opensOf(['2023-02-01', '2023-03-01', '2023-04-01', '2023-05-01'], { times: 'closes' })).toEqual([
    '2023-01-01T00:00',
    '1M',
    1,
  ]);
  expect(opensOf(['2023-01-01T01:00Z', '2023-01-01T02:00Z'], { times: 'closes', timeframe: '1h' })).toEqual([
    '2023-01-01T00:00',
    'none',
    1,
  ]);
  expect(opensOf(weeks(30, Date.UTC(2023, 0, 2)), { times: 'closes' })).toMatch(/^Its weeks are named by Mondays: /);
  const short = read(['2023-01-02T10:30Z', '2023-01-02T11:30Z', '2023-01-02T12:30Z', '2023-01-02T13:00Z'], {
    times: 'closes',
    timeframe: '1h',
  });
  expect(short.ok && iso(short.value.time[3] ?? 0)).toBe('2023-01-02T12:30:00.000Z');
});

test('the name of a column says whether its times are opens', () => {
  const days = steps(6, '2023-01-01T00:00:00Z', DAY);
  const both = days.map((day) => `${day},${iso(Date.parse(day) + DAY)}`);
  expect(opensOf(both, {}, 'timeOpen,timestamp')).toEqual(['2023-01-01T00:00', '1d', 0]);
  expect(
    opensOf(
      both.map((row) => row.split(',').reverse().join(',')),
      {},
      'timestamp,Open time',
    ),
  ).toEqual(['2023-01-01T00:00', '1d', 0]);
  expect(opensOf(steps(6, '2023-01-02T00:00:00Z', DAY), {}, 'close_time')).toEqual(['2023-01-01T00:00', '1d', 1]);
});

test('however months and weeks are named, no bar is seen before it ends, nor fills with a price of before its open', () => {
  const holidays = fc.uniqueArray(fc.integer({ min: 0, max: 3000 }), { maxLength: 200 });
  fc.assert(
    fc.property(
      fc.constantFrom('1M', '3M', '1w'),
      fc.constantFrom('first', 'last'),
      fc.constantFrom('calendar', 'trade'),
      holidays,
      fc.integer({ min: 0, max: 300 }),
      (length, end, days, rests, from) => {
        const isTraded = (day: number): boolean =>
          days === 'calendar' || (isWeekday(new Date(day)) && !rests.includes(Math.round(day / DAY) - 16_000));
        const groups = new Map<number, number[]>();
        const first = (16_000 + from) * DAY;
        for (let day = first; day < first + 1500 * DAY; day += DAY) {
          const date = new Date(day);
          const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
          const key = length === '1w' ? Math.floor((day / DAY + 3) / 7) : Math.floor(month / (length === '3M' ? 3 : 1));
          if (isTraded(day)) groups.set(key, [...(groups.get(key) ?? []), day]);
        }
        const bars = [...groups.values()].slice(1, -1);
        const file = read(bars.map((all) => iso((end === 'first' ? all[0] : all.at(-1)) ?? 0).slice(0, 10)));
        if (!file.ok) return;
        const timeframe = readLength(file.value.time);
        if (!timeframe.ok) return;
        const opens = { time: file.value.time, timeframe: timeframe.value };
        bars.forEach((all, bar) => {
          expect(certainCloseOf(opens, bar)).toBeGreaterThanOrEqual((all.at(-1) ?? 0) + DAY);
          // The order that is decided at the close before fills here.
          if (bar > 0) expect(certainCloseOf(opens, bar - 1)).toBeLessThanOrEqual(all[0] ?? 0);
        });
      },
    ),
    { numRuns: 150 },
  );
});
