import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { alphaloom } from './testing/run-alphaloom.ts';

const folder = mkdtempSync(join(tmpdir(), 'volumes-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('two columns for a volume are told by their names', async () => {
  const [bars, formula] = [join(folder, 'bars.csv'), join(folder, 'formula.loom')];
  const rows = [6, 7, 8, 9].map((day) => `2020-01-0${day},1,2,1,1.5,3,4`);
  writeFileSync(bars, ['date,open,high,low,close,Volume BTC,Volume USD', ...rows, ''].join('\n'));
  writeFileSync(formula, 'v = volume\n');
  const { stderr } = await alphaloom(['eval', formula, '--data', bars]);
  expect(stderr).toContain('Volume BTC, Volume USD');
});
