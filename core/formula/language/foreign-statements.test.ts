import { expect, test } from 'vitest';
import { parse } from './parse.ts';

const said = (code: string): string[] => parse(code).diagnostics.map(({ message }) => message);

test('a script of Pine is told line by line what to write instead', () => {
  const messages = said(
    [
      '//@version=5',
      'strategy("My strategy", overlay=true)',
      'fast = ta.sma(close, 14)',
      'if ta.crossover(fast, ta.sma(close, 28))',
      '    strategy.entry("Long", strategy.long)',
      'strategy.close("Long", when = fast < 5)',
      'plot(fast)',
    ].join('\n'),
  );
  expect(messages.some((message) => message.includes('Did you mean'))).toBe(false);
  for (const part of ['Delete the line', 'There is no `if` here', 'buy(when: …)', 'sell(when: …)', 'press D'])
    expect(
      messages.some((message) => message.includes(part)),
      part,
    ).toBe(true);
});

test('words of other languages lead on, and stay names', () => {
  expect(said('for i in range(10)')[0]).toContain('no loops');
  expect(said('var x = 5')[0]).toContain('needs no word');
  expect(said('return close')[0]).toContain('no `return`');
  expect(said('def f(x)')[0]).toContain('fn name(a, b)');
  expect(said('strategy = sma(close, 5)\nplot = strategy > 5\nbuy(when: plot)')).toEqual([]);
  // No word of another language, but one that every object has.
  expect(said('constructor(close)')[0]).toContain('Give the value a name');
});
