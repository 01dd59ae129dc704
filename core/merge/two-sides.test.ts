import { expect, test } from 'vitest';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { CROSSING } from '#core/formula/testing/crossing.ts';
import { merge } from './merge.ts';

type Replacements = readonly (readonly [from: string, to: string])[];

function edited(replacements: Replacements): Formula {
  const code = replacements.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, CROSSING);
  const { formula, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  return formula;
}

const GONE: Replacements = [['trend = ema(close, 200)\n', '']];

/** What two people did to one strategy, whoever of them merges. */
const bothWays = (one: Replacements, other: Replacements) =>
  [
    [one, other],
    [other, one],
  ].map(([ours = [], theirs = []]) => {
    const both = merge(edited([]), edited(ours), edited(theirs));
    const isPeace = both.theirs.every(({ conflicts }) => conflicts.length === 0);
    return { isPeace, formula: both.take(new Set(both.theirs.keys())).formula };
  });

test.each<readonly [what: string, one: Replacements, other: Replacements]>([
  ['a line that one deletes and the other changes', GONE, [['200', '100']]],
  ['a line that one deletes and the other begins to use', GONE, [['close > 5', 'close > trend']]],
  ['a line that one deletes and the other explains', GONE, [['trend =', '# long\ntrend =']]],
  ['two names for one line', [['trend', 'long']], [['trend', 'far']]],
  ['one name for two lines', [['fastLine', 'line']], [['slowLine', 'line']]],
  [
    'two new lines of one name',
    [['trend =', 'q = rsi(close, 14)\ntrend =']],
    [['trend =', 'q = rsi(close, 7)\ntrend =']],
  ],
  ['two stops', [['size: 50%', 'size: 50%, stop: 2%']], [['size: 50%', 'size: 50%, stop: 3%']]],
  ['another block, another parameter of the old block', [['trend = ema', 'trend = wma']], [['200', '100']]],
  ['everything deleted, one line changed', [[CROSSING, '']], [['200', '100']]],
  ['a guard that one removes and the other changes', [[' and close > 5', '']], [['close > 5', 'close > 6']]],
  ['two more guards', [['close > 5', 'close > 5 and high > 7']], [['close > 5', 'close > 5 and volume > 9']]],
  [
    'one wire to two places',
    [['crossunder(fastLine, slowLine)', 'open > trend']],
    [['crossunder(fastLine, slowLine)', 'open > slowLine']],
  ],
])('%s is a conflict', (_what, one, other) => {
  expect(bothWays(one, other).map(({ isPeace }) => isPeace)).toEqual([false, false]);
});

test.each<readonly [what: string, one: Replacements, other: Replacements, result: Replacements]>([
  [
    'a new name, a new use by the old name',
    [['trend', 'long']],
    [['close > 5', 'close > trend']],
    [
      ['close > 5', 'close > trend'],
      ['trend', 'long'],
    ],
  ],
  [
    'a stop and a target',
    [['size: 50%', 'size: 50%, stop: 2%']],
    [['size: 50%', 'size: 50%, target: 3%']],
    [['size: 50%', 'size: 50%, stop: 2%, target: 3%']],
  ],
  [
    'a size that both change alike, a stop of one',
    [['size: 50%', 'size: 40%, stop: 2%']],
    [['size: 50%', 'size: 40%']],
    [['size: 50%', 'size: 40%, stop: 2%']],
  ],
  [
    'a line that moves, and changes',
    [['input fast = 10 in 2..50\ninput slow = 20\n', 'input slow = 20\ninput fast = 10 in 2..50\n']],
    [['fast = 10', 'fast = 12']],
    [['input fast = 10 in 2..50\ninput slow = 20\n', 'input slow = 20\ninput fast = 12 in 2..50\n']],
  ],
  ['everything deleted, nothing done', [[CROSSING, '']], [], [[CROSSING, '']]],
  ['one line deleted twice', GONE, GONE, GONE],
])('%s is taken together', (_what, one, other, result) => {
  for (const { isPeace, formula } of bothWays(one, other)) {
    expect(isPeace).toBe(true);
    expect(print(formula)).toBe(print(edited(result)));
  }
});

test.each<readonly [what: string, one: Replacements, other: Replacements, problem: string]>([
  ['a range and a value beyond it', [['2..50', '2..9']], [['fast = 10', 'fast = 40']], 'outside its range 2..9'],
  [
    'two halves of a circle',
    [['fastLine = sma(close', 'fastLine = sma(slowLine']],
    [['slowLine = sma(close', 'slowLine = sma(fastLine']],
    'depends on itself',
  ],
])('%s merge, and the result says what is wrong', (_what, one, other, problem) => {
  for (const { formula } of bothWays(one, other)) {
    const errors = check(formula).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message).join('\n')).toContain(problem);
  }
});
