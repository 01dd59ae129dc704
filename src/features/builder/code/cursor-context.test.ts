import { describe, expect, test } from 'vitest';
import { contextAtEnd } from './cursor-context.ts';

const kindAt = (code: string) => contextAtEnd(code).kind;

describe('what may be written at the cursor', () => {
  test.each([
    ['', 'statement'],
    ['fast = 10\nbu', 'statement'],
    ['fast = 10\n# a comment bu', 'nothing'],
    ['fast = 10 # bu', 'nothing'],
    ['fa', 'statement'],
    ['fast ', 'nothing'],
    ['fast = ', 'value'],
    ['fast = cl', 'value'],
    ['fast = 12', 'nothing'],
    ['fast = close a', 'words'],
    ['fast = close > 30 a', 'words'],
    ['fast = close + ', 'value'],
    ['fast = not ', 'value'],
    ['bands.', 'output'],
    ['x = bbands(close, 20).up', 'output'],
    ['x = feed(timeframe: "1d").', 'output'],
    ['x = close.high.', 'nothing'],
    ['x = 1.', 'words'],
    ['feed(timeframe: "1', 'text'],
    ['feed(timeframe: "1d"', 'words'],
    ['buy(note: "say \\"', 'text'],
    ['input fast = ', 'value'],
    ['input fast = 10 i', 'words'],
    ['input fast = 10 in 2..50 s', 'words'],
  ] as const)('%s is followed by a %s', (code, kind) => {
    expect(kindAt(code)).toBe(kind);
  });

  test('an input is followed by its range, a text by its choices', () => {
    expect(contextAtEnd('input fast = 10 ')).toMatchObject({ words: ['in', 'of'] });
    expect(contextAtEnd('input fast = 10 in 2..50 ')).toMatchObject({ words: ['step'] });
    expect(contextAtEnd('input kind = "sma" ')).toMatchObject({ words: ['of'] });
  });

  test('a call knows its argument, what is given, and whether one begins', () => {
    expect(contextAtEnd('x = bbands(close, 20, maType: ')).toMatchObject({
      isStart: true,
      open: [{ call: { text: 'bbands' }, index: 2, argument: 'maType', given: [0, 1] }],
    });
    expect(contextAtEnd('buy(when: close > ')).toMatchObject({
      isStart: false,
      open: [{ argument: 'when', given: [] }],
    });
    expect(contextAtEnd('x = sma(ema(close, 3), ')).toMatchObject({ open: [{ call: { text: 'sma' }, index: 1 }] });
    expect(contextAtEnd('x = sma((close + ')).toMatchObject({ open: [{ call: { text: 'sma' } }, { call: undefined }] });
  });

  test('a bracket that is still open ends where a statement begins', () => {
    expect(contextAtEnd('x = sma(close,\nfast = ')).toMatchObject({ kind: 'value', open: [] });
    expect(contextAtEnd('x = sma(close,\n    ')).toMatchObject({ kind: 'value', open: [{ call: { text: 'sma' } }] });
    expect(contextAtEnd('x = sma(close,\nbuy(')).toMatchObject({ open: [{ call: { text: 'buy' } }] });
  });
});
