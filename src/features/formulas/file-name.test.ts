import { expect, test } from 'vitest';
import { fileNameOf } from './file-name.ts';

test('a file is called as its formula is, as far as systems allow', () => {
  expect(fileNameOf('Golden cross')).toBe('Golden cross');
  expect(fileNameOf('RSI < 30 / "deep"')).toBe('RSI - 30 - -deep-');
  expect(fileNameOf(' ..hidden. ')).toBe('hidden');
  expect(fileNameOf('...')).toBe('formula');
});
