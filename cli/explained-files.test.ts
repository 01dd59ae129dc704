import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { alphaloom } from './testing/run-alphaloom.ts';

const folder = mkdtempSync(join(tmpdir(), 'explained-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const formula = path('x.loom', 'c = close\n');
const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const weeks = Array.from({ length: 30 }, (_, week) => `${day(Date.UTC(2023, 0, 1 + 7 * week))},1,1,1,1`);
const sundays = path('sundays.csv', ['time,open,high,low,close', ...weeks, ''].join('\n'));
const row = (date: string): string => `${date};150,123;150,456;149,001;150,222`;
const german = path(
  'german.csv',
  ['Datum;open;high;low;close', ...['2024-01-29', '2024-01-30', '2024-01-31'].map(row), ''].join('\n'),
);

test('a file that leaves open what its times are is refused with the option that says it', async () => {
  const asked = await alphaloom(['eval', formula, '--data', sundays]);
  expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('Add --times open or --times close.') });
  const opens = await alphaloom(['eval', formula, '--data', sundays, '--times', 'open']);
  expect(opens).toMatchObject({ code: 0, stdout: expect.stringContaining('2023-01-01') });
  const closes = await alphaloom(['eval', formula, '--data', sundays, '--times', 'close']);
  expect(closes).toMatchObject({ code: 0, stdout: expect.stringContaining('2022-12-26') });
  expect(closes.stderr).toContain('Its times are those at which bars close');
  expect(await alphaloom(['eval', formula, '--data', sundays, '--times', 'later'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('takes open or close'),
  });
});

test('so is a file whose commas may be either, and a file of a feed by its symbol', async () => {
  const asked = await alphaloom(['eval', formula, '--data', german]);
  expect(asked).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Or add --decimals point or --decimals comma.'),
  });
  const read = await alphaloom(['eval', formula, '--data', german, '--decimals', 'comma']);
  expect(read.stdout).toContain('150.222');
  const feed = await alphaloom(['eval', formula, '--data', sundays, '--times', 'open', '--data', `F=${german}`]);
  expect(feed.stderr).toContain('--decimals F=comma');
});
