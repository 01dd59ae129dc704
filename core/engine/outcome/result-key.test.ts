import { expect, test } from 'vitest';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { resultKey, type Question } from './result-key.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

const question: Question = {
  formulaHash: contentHash(parse('buy(when: close > open)').formula),
  inputs: { fast: 5, slow: 20 },
  dataHash: 'bars',
  feedHashes: { SPY: 'spy' },
  timeframe: '1d',
  from: null,
  to: 1000,
  settings: DEFAULT_SETTINGS,
};

test('the same question has the same key, in whatever order it is asked', () => {
  const {
    settings: { cash, short, ...settings },
    to,
    ...rest
  } = question;
  expect(resultKey({ to, ...rest, inputs: { slow: 20, fast: 5 }, settings: { short, ...settings, cash } })).toBe(
    resultKey(question),
  );
  expect(resultKey({ ...question, formulaHash: contentHash(parse('buy( when:close>open ) ').formula) })).toBe(
    resultKey(question),
  );
});

test.each<[string, Partial<Question>]>([
  ['formula', { formulaHash: contentHash(parse('buy(when: close >= open)').formula) }],
  ['inputs', { inputs: { fast: 5, slow: 21 } }],
  ['inputs left out', { inputs: { fast: 5 } }],
  ['type of an input', { inputs: { fast: '5', slow: 20 } }],
  ['bars', { dataHash: 'other' }],
  ['feed', { feedHashes: { SPY: 'other' } }],
  ['timeframe', { timeframe: '1h' }],
  ['beginning', { from: 0 }],
  ['end', { to: null }],
  ...Object.entries({
    cash: 1,
    commission: 0.1,
    commissionFixed: 1,
    commissionMinimum: 1,
    slippage: 0.1,
    lot: 1,
    leverage: 2,
    fill: 'close',
    closeAtEnd: false,
    short: false,
  } as const).map(([name, value]): [string, Partial<Question>] => [
    name,
    { settings: { ...DEFAULT_SETTINGS, [name]: value } },
  ]),
])('another %s has another key', (_name, change) => {
  expect(resultKey({ ...question, ...change })).not.toBe(resultKey(question));
});

test('another version of the engine has another key', () => {
  expect(resultKey(question, 'next')).not.toBe(resultKey(question));
});
