import { expect, test } from 'vitest';
import { ANY_RUN, filterRuns } from './filter-runs.ts';

const rows = [
  {
    id: '1',
    formulaId: 'f',
    formulaName: 'Golden cross',
    symbol: 'SPX',
    timeframe: '1d',
    status: 'succeeded',
    text: 'fast 10',
  },
  {
    id: '2',
    formulaId: 'f',
    formulaName: 'Golden cross',
    symbol: 'BTC',
    timeframe: '1h',
    status: 'failed',
    text: 'fast 20',
  },
  {
    id: '3',
    formulaId: 'g',
    formulaName: 'Bands',
    symbol: 'SPX',
    timeframe: '1d',
    status: 'succeeded',
    text: 'no costs',
  },
];
const found = (filter: Partial<typeof ANY_RUN>): string =>
  filterRuns(rows, { ...ANY_RUN, ...filter }, ({ text }) => text)
    .map(({ id }) => id)
    .join('');

test('runs are found by words in any order and case, by formula, market and state, and by all of them at once', () => {
  expect(found({})).toBe('123');
  expect(found({ q: 'CROSS fast' })).toBe('12');
  expect(found({ q: '20 golden' })).toBe('2');
  expect(found({ strategy: 'f', market: 'SPX 1d' })).toBe('1');
  expect(found({ status: 'succeeded', q: 'spx' })).toBe('13');
  expect(found({ q: 'nowhere' })).toBe('');
});
