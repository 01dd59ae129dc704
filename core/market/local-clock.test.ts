import { expect, test } from 'vitest';
import { certainCloseOf } from './bar-close.ts';
import { readLength } from './read-length.ts';
import { latestBarEnd, mayChangeClocks } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * By how much a zone is ahead of UTC, at each half hour of some days: the zone is asked once a day, and at each half
 * hour of days on which it changes.
 */
function offsetsOf(zone: string, from: number, days: number): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const ask = (at: number): number => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * 60_000);
  };
  const begins = Array.from({ length: days + 2 }, (_, day) => ask(from + (day - 1) * DAY));
  return (at) => {
    const day = Math.floor((at - from) / DAY) + 1;
    const offset = begins[day] ?? Number.NaN;
    return offset === begins[day + 1] ? offset : ask(at);
  };
}

/**
 * Opens of bars of a market that never rests, on the grid of a clock: those of the night in which the clock goes back
 * are passed once.
 */
function opensOn(zone: string, hours: number, from: number, days: number): number[] {
  const offsetOf = offsetsOf(zone, from, days);
  const opens: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let at = from; at < from + days * DAY; at += HOUR / 2) {
    const place = Math.floor((at + offsetOf(at)) / (hours * HOUR));
    if (place > last && last > Number.NEGATIVE_INFINITY) opens.push(at);
    last = Math.max(last, place);
  }
  return opens;
}

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'Europe/Berlin',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
];

test.each(ZONES.flatMap((zone) => [2, 3, 4, 6, 8, 12].map((hours) => [zone, hours] as const)))(
  'bars on the clock of %s of %i hours are read over a year, and none is seen before it has closed',
  (zone, hours) => {
    const opens = opensOn(zone, hours, Date.UTC(2024, 0, 10), 366);
    const time = Float64Array.from(opens);
    expect(readLength(time)).toEqual({ ok: true, value: `${hours}h` });
    const early = opens.flatMap((at, bar) =>
      bar + 1 < opens.length && certainCloseOf({ time, timeframe: `${hours}h` }, bar) < (opens[bar + 1] ?? 0)
        ? [new Date(at).toISOString()]
        : [],
    );
    expect(early).toEqual([]);
  },
);

test('a bar of hours may last longer only where clocks may change within it', () => {
  const latest = (iso: string): string => new Date(latestBarEnd(Date.parse(iso), '4h')).toISOString().slice(0, 16);
  expect(latest('2024-11-03T04:00Z')).toBe('2024-11-03T09:00');
  expect(latest('2024-11-02T08:00Z')).toBe('2024-11-02T12:00');
  expect(latest('2024-11-02T09:00Z')).toBe('2024-11-02T14:00');
  expect(latest('2024-11-05T04:00Z')).toBe('2024-11-05T08:00');
  expect(new Date(latestBarEnd(Date.parse('2024-11-03T04:00Z'), '1h')).toISOString()).toBe('2024-11-03T05:00:00.000Z');
});

test('clocks change from noon on Saturday to noon on Sunday', () => {
  const may = (from: string, to: string): boolean => mayChangeClocks(Date.parse(`${from}Z`), Date.parse(`${to}Z`));
  expect(may('2024-11-02T08:00', '2024-11-02T12:00')).toBe(false);
  expect(may('2024-11-02T08:00', '2024-11-02T12:01')).toBe(true);
  expect(may('2024-11-03T11:59', '2024-11-03T16:00')).toBe(true);
  expect(may('2024-11-03T12:00', '2024-11-03T16:00')).toBe(false);
});
