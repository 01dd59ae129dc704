import { expect, test } from 'vitest';
import { formatSize } from './format-size.ts';

test('a size is as short as it can be read', () => {
  expect([0, 999, 1_000, 9_940, 12_345, 999_000, 1_500_000, 16_000_000].map(formatSize)).toEqual([
    '0 B',
    '999 B',
    '1.0 KB',
    '9.9 KB',
    '12 KB',
    '999 KB',
    '1.5 MB',
    '16 MB',
  ]);
});
