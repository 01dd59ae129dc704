import { expect, test } from 'vitest';
import { nameOfFile, uniqueName } from './name-of-file.ts';

test('a formula is called as its file is', () => {
  expect(nameOfFile('Golden cross.loom')).toBe('Golden cross');
  expect(nameOfFile('v1.2 trend.json')).toBe('v1.2 trend');
  expect(nameOfFile('C:\\strategies\\trend.txt')).toBe('trend');
  expect(nameOfFile('../../etc/passwd')).toBe('passwd');
  expect(nameOfFile('a\u0000\n b.loom')).toBe('a b');
  expect(nameOfFile('.loom')).toBe('Imported strategy');
  expect(nameOfFile(`${'x'.repeat(300)}.loom`)).toHaveLength(100);
});

test('a name that is taken gets a number', () => {
  expect(uniqueName('Trend', [])).toBe('Trend');
  expect(uniqueName('Trend', ['trend', 'Trend 2', 'Trend 4'])).toBe('Trend 3');
  const long = 'x'.repeat(100);
  expect(uniqueName(long, [long])).toBe(`${'x'.repeat(98)} 2`);
});
