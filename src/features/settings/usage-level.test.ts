import { expect, test } from 'vitest';
import { usageLevel } from './usage-level.ts';

test('what is used is well, near the limit from four fifths on, and full at the limit', () => {
  expect([0, 79, 80, 99, 100, 101].map((used) => usageLevel(used, 100))).toEqual([
    'well',
    'well',
    'near',
    'near',
    'full',
    'full',
  ]);
  expect(usageLevel(0, 0)).toBe('full');
});
