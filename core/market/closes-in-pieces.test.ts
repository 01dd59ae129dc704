import { describe, expect, it } from 'vitest';
import type { Timeframe } from './bars.ts';
import { readCsv, type ReadOptions } from './read-csv.ts';
import { HONEST } from './testing/honest-series.ts';
import { timeframeLength } from './timeframe.ts';
import { whyNoFit } from './why-no-fit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function read(times: readonly number[] | Float64Array, said: ReadOptions, column = 'time') {
  const reader = readCsv(said);
  reader.write(`${column},open,high,low,close,volume\n`);
  for (const time of times) reader.write(`${new Date(time).toISOString()},1,2,1,1.5,3\n`);
  const file = reader.end();
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  return file.value;
}

/** Reads the last bars of a file as they are added to the series of those before. */
function added(whole: ReturnType<typeof read>, names: Float64Array, count: number, timeframe: Timeframe) {
  const opens = whole.time.slice(0, -count);
  return read(names.slice(-count), { timeframe, series: { timesAre: whole.timesAre, opens } });
}

describe.each(HONEST)('$name, named by their closes', ({ timeframe, closes }) => {
  const whole = read(closes, { timeframe, times: 'closes' });

  it.each([1, 3, 5, 20])('its last %i, added, are those of the whole file and fit', (count) => {
    const file = added(whole, closes, count, timeframe);
    expect([...file.time]).toEqual([...whole.time.slice(-count)]);
    expect(whyNoFit(whole.time.slice(0, -count), file.time, timeframe)).toBeNull();
  });
});

describe.each(HONEST)('$name, named by their opens', ({ timeframe, time }) => {
  it.each([1, 3, 5, 20])('its last %i, added, are those of the whole file', (count) => {
    const whole = read(time, { timeframe, times: 'opens' });
    expect([...added(whole, time, count, timeframe).time]).toEqual([...time.slice(-count)]);
  });
});

describe.each<[string, string, Timeframe, ReadOptions['times'], number]>([
  ['hours, said to be closes', 'time', '1h', 'closes', 0],
  ['days, said to be closes', 'time', '1d', 'closes', 0],
  ['hours in a column of closes', 'close_time', '1h', undefined, 0],
  ['hours a millisecond before', 'time', '1h', undefined, 1],
  ['minutes a second before', 'time', '1m', undefined, 1000],
  ['five minutes a minute before', 'time', '5m', undefined, 60_000],
  ['days a millisecond before', 'time', '1d', undefined, 1],
])('%s', (_name, column, timeframe, times, less) => {
  const names = Array.from(
    { length: 50 },
    (_, bar) => Date.UTC(2023, 5, 1) + (bar + 1) * timeframeLength(timeframe) - less,
  );
  const opens = [...read(names, { timeframe, times }, column).time];

  it.each([1, 2, 7])('the last %i by themselves as in the whole file', (count) => {
    expect(opens[0]).toBe(Date.UTC(2023, 5, 1));
    expect([...read(names.slice(-count), { timeframe, times }, column).time]).toEqual(opens.slice(-count));
  });
});

it('a single bar of seconds or minutes that opens shortly before a round time opens then', () => {
  const at = Date.UTC(2023, 5, 1, 13, 4, 59);
  expect([...read([at], { timeframe: '1s' }).time]).toEqual([at]);
  expect([...read([at - 59_000], { timeframe: '1m' }).time]).toEqual([at - 59_000]);
  expect([...read([at - 59_000, at - 59_000 + 10 * 60_000], { timeframe: '2m' }).time]).toHaveLength(2);
});

it('weeks that are named by a holiday end with the usual day', () => {
  const fridays = Array.from({ length: 60 }, (_, week) => Date.UTC(2023, 0, 6) + 7 * week * DAY);
  const whole = read(fridays, { timeframe: '1w', times: 'closes' });
  const thursday = (fridays.at(-1) ?? 0) + 6 * DAY;
  const file = read([thursday], { timeframe: '1w', series: { timesAre: 'closes', opens: whole.time } });
  expect([...file.time]).toEqual([(whole.time.at(-1) ?? 0) + 7 * DAY]);
});
