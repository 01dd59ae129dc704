import { expect, test } from 'vitest';
import { readNumber } from './read-number.ts';

test.each([
  ['10,000', 10_000],
  ['1 000.5', 1000.5],
  ['−3', -3],
  ['2.5%', 2.5],
  ['.5', 0.5],
  ['1e3', 1000],
])('reads %s', (text, value) => {
  expect(readNumber(text)).toBe(value);
});

test.each(['', 'ten', '1.2.3', '--1', '0x10'])('refuses "%s"', (text) => {
  expect(readNumber(text)).toBeNull();
});
