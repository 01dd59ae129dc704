import { expect, test } from 'vitest';
import { filterFormulas, tagsOf, tagWord } from './filter-formulas.ts';

const row = (name: string, more: { createdBy?: string; tags?: readonly string[]; symbol?: string } = {}) => ({
  name,
  createdBy: more.createdBy ?? 'Ada',
  tags: more.tags ?? [],
  lastBacktest: more.symbol === undefined ? null : { symbol: more.symbol },
});
const ROWS = [
  row('Golden cross', { tags: ['trend', 'long only'], symbol: 'SPX' }),
  row('RSI pullback', { createdBy: 'Ben', tags: ['Reversion'], symbol: 'EURUSD' }),
  row('Breakout of trends'),
];
const found = (query: string): readonly string[] => filterFormulas(ROWS, query).map(({ name }) => name);

test.each([
  ['', ['Golden cross', 'RSI pullback', 'Breakout of trends']],
  ['  GOLD ', ['Golden cross']],
  ['ben', ['RSI pullback']],
  ['eurusd', ['RSI pullback']],
  ['trend', ['Golden cross', 'Breakout of trends']],
  ['#trend', ['Golden cross']],
  ['#reversion rsi', ['RSI pullback']],
  ['#trend rsi', []],
])('%j finds what has every word of it', (query, names) => {
  expect(found(query)).toEqual(names);
});

test('a tag finds its own formulas, spaces and capitals and all', () => {
  for (const tag of ROWS.flatMap(({ tags }) => tags))
    expect(filterFormulas(ROWS, tagWord(tag)).every(({ tags }) => tags.includes(tag))).toBe(true);
  expect(found(tagWord('long only'))).toEqual(['Golden cross']);
});

test('tags are typed between commas, each is taken once', () => {
  expect(tagsOf(' trend, #long only ,, trend,#')).toEqual(['trend', 'long only']);
});
