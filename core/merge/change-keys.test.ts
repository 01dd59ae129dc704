import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { keysOf } from './change-keys.ts';
import { merge } from './merge.ts';

const formula = (code: string) => parse(code).formula;
const BASE = 'fast = sma(close, 10)\nslow = sma(close, 20)\n\nbuy(when: fast > slow)\n';
const THEIRS = formula(
  BASE.replace('10', '12').replace('20', '30').replace('slow)\n', 'slow)\nsell(when: fast < slow)\n'),
);

test('each change has a key of its own, the same when the other side has moved on', () => {
  const before = keysOf(merge(formula(BASE), formula(BASE), THEIRS).theirs);
  expect(before).toHaveLength(3);
  expect(new Set(before).size).toBe(3);
  const ours = formula(BASE.replace('20', '25').replace('close, 10', 'high, 10'));
  expect(keysOf(merge(formula(BASE), ours, THEIRS).theirs)).toEqual(before);
});

test('changes that say the same are counted', () => {
  const twice = formula(`${BASE}buy(when: close > 1)\nbuy(when: close > 1)\n`);
  const keys = keysOf(merge(formula(BASE), formula(BASE), twice).theirs);
  expect(new Set(keys).size).toBe(keys.length);
});
