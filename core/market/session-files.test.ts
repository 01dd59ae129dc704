import fc from 'fast-check';
import { expect, test } from 'vitest';
import { certainCloseOf } from './bar-close.ts';
import type { Timeframe } from './bars.ts';
import { lengthProblem } from './named-length.ts';
import { readLength } from './read-length.ts';
import { MARKET_HOURS, sessionFile, type FileStyle } from './testing/session-files.ts';
import { timeframeLength } from './timeframe.ts';

const LENGTHS: readonly Timeframe[] = [
  '1m',
  '5m',
  '15m',
  '30m',
  '45m',
  '1h',
  '90m',
  '2h',
  '3h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '2d',
  '3d',
  '5d',
  '1w',
  '1M',
  '3M',
];
/** Where a date names no zone, a day may end after its midnight in UTC. */
const endsOnItsDate = ({ hours, length, grid }: FileStyle): boolean =>
  !(hours.name.includes('late') && /[dwM]$/.test(length) && grid === 'utc');

const arbitraryStyle: fc.Arbitrary<FileStyle> = fc
  .record({
    hours: fc.constantFrom(...MARKET_HOURS),
    length: fc.constantFrom(...LENGTHS),
    grid: fc.constantFrom('session', 'local', 'utc'),
    label: fc.constantFrom('grid', 'open'),
    written: fc.constantFrom('utc', 'local'),
    firstDay: fc.integer({ min: 18_600, max: 18_964 }),
    days: fc.oneof(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 40, max: 400 })),
    holidays: fc.constantFrom(0, 3, 10),
    empty: fc.constantFrom(0, 0, 10, 50, 80),
    seed: fc.nat(),
  })
  .map((style) => ({
    ...style,
    days: /[dwM]$/.test(style.length) ? 4 * style.days : style.length === '1m' ? Math.min(40, style.days) : style.days,
  }))
  .filter(endsOnItsDate);

const isOrdered = (time: Float64Array): boolean => time.every((at, bar) => bar === 0 || at > (time[bar - 1] ?? 0));

/** What is read, beside the truth; null where the file is refused, or its times are. */
function readStyle(
  style: FileStyle,
): { readonly read: Timeframe; readonly early: number; readonly file: ReturnType<typeof sessionFile> } | null {
  const file = sessionFile(style);
  const read = readLength(file.time);
  if (!read.ok || !isOrdered(file.time)) return null;
  const early = file.end.filter(
    (end, bar) => certainCloseOf({ time: file.time, timeframe: read.value }, bar) < end,
  ).length;
  return { read: read.value, early, file };
}

test(
  'of files of the markets of the world a length is read that is never too short, or none',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(arbitraryStyle, (style) => {
        const found = readStyle(style);
        if (!found) return;
        const { read, early, file } = found;
        expect(timeframeLength(read), `${style.length} is read as ${read}`).toBeGreaterThanOrEqual(
          timeframeLength(style.length),
        );
        // On the clock of a zone an hour is missing in spring.
        expect(early).toBeLessThanOrEqual(style.written === 'local' ? 0.005 * file.time.length : 0);
      }),
      { numRuns: 60 },
    );
  },
);

test(
  'and their true length is taken where somebody names it, and shows no price before it is known',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(arbitraryStyle, (style) => {
        const { time, end } = sessionFile(style);
        fc.pre(isOrdered(time));
        expect(lengthProblem(time, style.length)).toBeNull();
        const early = end.filter((at, bar) => certainCloseOf({ time, timeframe: style.length }, bar) < at).length;
        expect(early).toBeLessThanOrEqual(style.written === 'local' ? 0.005 * time.length : 0);
      }),
      { numRuns: 200 },
    );
  },
);

test.each<[string, Partial<FileStyle>]>([
  ['bars of six hours in India', { length: '6h', grid: 'local' }],
  ['of twelve hours', { length: '12h', grid: 'local' }],
  [
    'of 90 minutes in Tokyo',
    { length: '90m', grid: 'local', hours: MARKET_HOURS.find(({ name }) => name === 'Tokyo') ?? expect.fail() },
  ],
  ['of two days of trade', { length: '2d', grid: 'session', days: 400 }],
  ['of two days that are named by the first of them that is traded', { length: '2d', grid: 'local', days: 400 }],
])('it is not guessed: %s', (_name, style) => {
  const hours = MARKET_HOURS.find(({ name }) => name === 'Mumbai commodities') ?? expect.fail();
  expect(
    readStyle({
      hours,
      length: '1h',
      grid: 'local',
      label: 'open',
      written: 'utc',
      firstDay: 18_600,
      days: 60,
      holidays: 0,
      empty: 0,
      seed: 1,
      ...style,
    }),
  ).toBeNull();
});
