import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../model/diagnostic.ts';
import { parse } from './parse.ts';

/** The code with the fix of each problem made, from the end to the beginning. */
const fixed = (code: string, diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .flatMap(({ fix }) => fix?.change ?? [])
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, insert }) => text.slice(0, start) + insert + text.slice(end), code);

const told = (code: string): string[] => parse(code).diagnostics.map(({ message }) => message);

describe('names with what other languages write before them', () => {
  test.each([
    ['a = ta.sma(close, 20)', 'a = sma(close, 20)', 1],
    ['a = math.max(ta.sma(close, 20), ta.ema(close, 9))', 'a = max(sma(close, 20), ema(close, 9))', 3],
    ['a = tf.ta.rsi(close, 14)', 'a = rsi(close, 14)', 1],
    ['buy(when: ta.crossover(close, open))', 'buy(when: crossover(close, open))', 1],
  ])('%s is %s', (code, wanted, problems) => {
    const { diagnostics } = parse(code);
    expect(diagnostics).toHaveLength(problems);
    expect(fixed(code, diagnostics)).toBe(wanted);
    expect(parse(wanted).diagnostics).toEqual([]);
  });

  test('says what to write', () => {
    expect(told('a = ta.sma(close, 20)')).toEqual(['Names have no `ta.` here: write `sma(…)`.']);
  });

  test('outputs stay what they are', () => {
    expect(told('a = bbands(close, 20).upper\nb = a * (2)')).toEqual([]);
  });
});

describe('one equals sign where two values are compared', () => {
  test.each([
    ['a = close = 2', 'a = close == 2'],
    ['buy(when: close + 1 = open)', 'buy(when: close + 1 == open)'],
    ['buy(when: (close = open) and barIndex > 3, size: 50%)', 'buy(when: (close == open) and barIndex > 3, size: 50%)'],
  ])('%s is %s', (code, wanted) => {
    const { diagnostics } = parse(code);
    expect(diagnostics).toMatchObject([{ code: 'compare', fix: { title: 'Write `==`' } }]);
    expect(fixed(code, diagnostics)).toBe(wanted);
    expect(parse(wanted).diagnostics).toEqual([]);
  });

  test('a bracket that is not closed before the next statement is told as such', () => {
    expect(parse('buy(when: close > open\na = 2').diagnostics).toMatchObject([{ code: 'bracket' }]);
  });
});
