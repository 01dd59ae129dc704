import { expect, test } from 'vitest';
import { certainCloseOf } from './bar-close.ts';
import { readLength } from './read-length.ts';
import { latestBarEnd, mayChangeClocks } from './timeframe.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** By how much a zone is ahead of UTC. */
function offsetOf(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
  const [, sign, hours = '0', minutes = '0'] =
    /GMT([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * 60_000);
}

/** Opens of bars of a market that never rests, on the grid of a clock. Minutes are enough: clocks change at whole ones. */
function opensOn(zone: string, hours: number, from: number, days: number): number[] {
  const opens: number[] = [];
  for (let at = from; at < from + days * DAY; at += HOUR / 2) {
    const local = at + offsetOf(zone, at);
    const before = at - HOUR / 2 + offsetOf(zone, at - HOUR / 2);
    // A grid that is passed twice in the night in which the clock goes back is passed once by bars.
    const isOn = Math.floor(local / (hours * HOUR)) !== Math.floor(before / (hours * HOUR)) && local > before;
    if (
      isOn &&
      !(
        opens.length > 0 &&
        Math.floor(((opens.at(-1) ?? 0) + offsetOf(zone, opens.at(-1) ?? 0)) / (hours * HOUR)) ===
          Math.floor(local / (hours * HOUR))
      )
    )
      opens.push(at);
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
