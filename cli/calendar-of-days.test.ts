import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { alphaloom } from './testing/run-alphaloom.ts';

const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DAY = 86_400_000;

/** What a formula gives on bars that are numbered from 1, at each of them. */
async function seriesOf(times: readonly string[], code: string, feed?: readonly string[]) {
  const file = (name: string, all: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(
      path,
      [
        'time,open,high,low,close',
        ...all.map((time, bar) => [time, ...Array<number>(4).fill(bar + 1)].join(',')),
        '',
      ].join('\n'),
    );
    return path;
  };
  const formula = join(folder, 'formula.loom');
  writeFileSync(formula, code);
  const other = feed ? ['--data', `F=${file('feed.csv', feed)}`] : [];
  const { stdout, stderr } = await alphaloom([
    'eval',
    formula,
    '--only',
    [...code.matchAll(/^(\w+) = (?!feed)/gm)].map(([, name]) => name).join(','),
    '--data',
    file('own.csv', times),
    ...other,
  ]);
  const rows = stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(1).map(Number));
  return { rows, stderr };
}

const weekdays = Array.from({ length: 88 }, (_, day) => new Date(Date.UTC(2024, 0, 2 + day))).filter(
  (date) => date.getUTCDay() % 6 !== 0,
);
const FRANKFURT = weekdays.map((date) => `${date.toISOString().slice(0, 10)} 00:00:00+01:00`);
const TOKYO = weekdays.map((date) => `${date.toISOString().slice(0, 10)} 00:00:00+09:00`);
const NEW_YORK = weekdays.map((date) => `${date.toISOString().slice(0, 10)} 14:30:00Z`);
const CURRENCIES = weekdays.map((date) => new Date(date.getTime() - DAY / 12).toISOString());

test.each([
  ['Frankfurt', FRANKFURT],
  ['Tokyo', TOKYO],
  ['New York by its session', NEW_YORK],
  ['currencies', CURRENCIES],
])(
  'days of %s have the date that their market gives them, and so have weeks and months of them',
  async (_name, times) => {
    const { rows, stderr } = await seriesOf(
      times,
      'week = feed(timeframe: "1w")\nmonths = feed(timeframe: "1M")\na = week.open\nb = week.close\nc = months.open\nd = months.close\ne = dayOfWeek\nf = dayOfMonth\ng = month\n',
    );
    expect(stderr).not.toContain('error');
    const numberOf = (day: string): number => weekdays.findIndex((date) => date.toISOString().startsWith(day)) + 1;
    expect(rows[numberOf('2024-01-17') - 1]?.slice(0, 2)).toEqual([numberOf('2024-01-08'), numberOf('2024-01-12')]);
    expect(rows[numberOf('2024-02-05') - 1]?.slice(2, 4)).toEqual([1, numberOf('2024-01-31')]);
    expect(rows.map((row) => row.slice(4))).toEqual(
      weekdays.map((date) => [date.getUTCDay(), date.getUTCDate(), date.getUTCMonth() + 1]),
    );
  },
);

test('hours keep their date in UTC', async () => {
  const hours = Array.from({ length: 48 }, (_, hour) => new Date(Date.UTC(2024, 0, 5, hour)).toISOString());
  const { rows } = await seriesOf(hours, 'a = dayOfWeek\n');
  expect(rows.map(([day]) => day)).toEqual(hours.map((hour) => new Date(hour).getUTCDay()));
});

test('a feed that stands still within is told, and so are bars that are missing for longer than a market rests', async () => {
  const all = Array.from({ length: 120 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString());
  const code = 'f = feed("F")\nseen = f.close\n';
  const hole = await seriesOf(
    all,
    code,
    all.filter((_, day) => day < 40 || day >= 80),
  );
  expect(hole.stderr).toContain(
    'F has no bars between 2024-02-09 and 2024-03-21: it stands still at 28 bars of own in that time.',
  );
  expect(hole.stderr).toContain('feed.csv: note: Between 2024-02-09 00:00 and 2024-03-21 00:00 there are no bars.');
  // New year in China.
  const rest = await seriesOf(
    all,
    code,
    all.filter((_, day) => day < 40 || day >= 50),
  );
  expect(rest.stderr).not.toMatch(/stands still|no bars/);
});
