import { expect, test } from 'vitest';
import { formatAge, formatTime } from './format-time.ts';

const time = Date.UTC(2020, 2, 12, 14, 30, 5);

test('a day needs no zone, a moment names it', () => {
  expect(formatTime(time, 'day')).toBe('12 Mar 2020');
  expect(formatTime(time, 'minute')).toBe('12 Mar 2020, 14:30 UTC');
  expect(formatTime(time, 'second')).toBe('12 Mar 2020, 14:30:05 UTC');
});

test('an age is told in its largest unit', () => {
  expect(formatAge(time - 10_000, time)).toBe('just now');
  expect(formatAge(time - 3 * 60_000, time)).toBe('3 minutes ago');
  expect(formatAge(time - 26 * 3_600_000, time)).toBe('yesterday');
});
