import { expect, test } from 'vitest';
import { hasWords, wordsOfQuery } from './match-words.ts';

const finds = (query: string, ...texts: string[]) => hasWords(wordsOfQuery(query), texts);

test('every word stands somewhere, in any order, case and text', () => {
  expect(finds('ADA spx', 'Golden cross', 'Ada', 'SPX 1d')).toBe(true);
  expect(finds('ada nasdaq', 'Golden cross', 'Ada', 'SPX 1d')).toBe(false);
  expect(finds('', 'anything')).toBe(true);
  expect(finds('   ', 'anything')).toBe(true);
});

test('letters are found with and without their marks', () => {
  expect(finds('zoe', 'Zoë')).toBe(true);
  expect(finds('zoë', 'ZOE')).toBe(true);
  expect(finds('СТРАТЕГИЯ', 'Моя стратегия')).toBe(true);
});

test('signs are letters like others', () => {
  expect(finds('[a-z', 'a [A-Z] b')).toBe(true);
  expect(finds('.*', 'anything')).toBe(false);
});
