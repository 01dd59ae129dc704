import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { idOf } from '#core/requests/ids.ts';
import type { Outputs } from '#trpc/types.ts';
import { feedDoubts, marketsRead, marketsWithoutVolume } from './feed-doubts.ts';

type Market = Outputs['market']['list'][number];

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const market = (symbol: string, first: string, last: string, hasVolume = true): Market => ({
  id: idOf('market', symbol),
  symbol,
  name: symbol,
  timeframe: '1d',
  currency: 'USD',
  barCount: 100,
  firstTime: day(first),
  lastTime: day(last),
  hasVolume,
  timesAre: null,
  source: 'file',
  revision: 0,
  instrument: { kind: 'other', venue: null, tick: null, lot: null, timeZone: 'UTC', session: null },
});

const own = market('A', '2021-01-01', '2021-12-31');
const { formula } = parse('buy(when: feed("B").close > close)');

test('before a run, and beside its result, is said for which part of it a feed is not there', () => {
  const late = market('B', '2021-06-01', '2022-06-01', false);
  expect(feedDoubts(formula, own, [own, late], {})).toEqual([
    'B begins on 2021-06-01: it is missing (na) at the bars of A before.',
  ]);
  expect(feedDoubts(formula, own, [own, late], { from: day('2021-07-01') })).toEqual([]);
  expect(feedDoubts(formula, own, [own, late], { to: day('2021-05-01') })).toEqual([
    expect.stringContaining('B has no bar before the last of A'),
  ]);
  expect(feedDoubts(formula, own, [own, market('C', '2030-01-01', '2031-01-01')], {})).toEqual([]);
  expect(marketsWithoutVolume(own, [own, late])).toEqual(['B']);
  expect(marketsWithoutVolume(late, [own, late])).toEqual([null]);
});

test('the markets that a formula reads are those of its feeds that there are, without the own one', () => {
  const markets = [own, market('SPY', '2021-01-01', '2021-12-31'), market('GOLD', '2021-01-01', '2021-12-31')];
  const { formula } = parse('spy = feed("SPY", "1d")\nme = feed("A", "1w")\nbuy(when: close > spy.close + me.close)\n');
  expect(marketsRead(formula, own, markets).map(({ symbol }) => symbol)).toEqual(['SPY']);
});
