import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { meanTheSame } from './meaning.ts';

function formula(code: string): Formula {
  const { formula: read, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  return read;
}

const BASE =
  'line = sma(close, 10)\nbuy(when: close > line and rsi(close, 14) < 70, stop: 2%)\nsell(when: close < line)\n';

test.each([
  ['a rename', BASE.replaceAll('line', 'average')],
  ['a number as an input', `input days = 10 in 2..50\n${BASE.replace('close, 10', 'close, days')}`],
  ['a name for a part', `strength = rsi(close, 14)\n${BASE.replace('rsi(close, 14)', 'strength')}`],
  ['no name for a part', BASE.replaceAll('line', 'sma(close, 10)').replace('sma(close, 10) = sma(close, 10)\n', '')],
  ['two sides of an and', BASE.replace('close > line and rsi(close, 14) < 70', 'rsi(close, 14) < 70 and close > line')],
  ['a comparison turned round', BASE.replace('close > line', 'line < close')],
  ['a function', `fn average(source) = sma(source, 10)\n${BASE.replace('sma(close, 10)', 'average(close)')}`],
  ['comments and what nothing uses', `# why\nunused = atr(14)\n${BASE}`],
  ['a percentage as an input that is told to be one', `input most = 0.02 in 1%..5%\n${BASE.replace('2%', 'most')}`],
  ['a default written out', BASE.replace('rsi(close, 14)', 'rsi(close)')],
  ['the size that is meant when none is given', BASE.replace('stop: 2%', 'size: free(100%), stop: 2%')],
])('%s changes nothing', (_what, code) => {
  expect(meanTheSame(formula(BASE), formula(code))).toBe(true);
});

test.each([
  ['another number', BASE.replace('10', '11')],
  ['a comparison the other way', BASE.replace('close > line', 'close < line')],
  ['a difference turned round', BASE.replace('close > line', 'close - open > line - close')],
  ['a stop', BASE.replace('2%', '3%')],
  ['a distance as a price', BASE.replace('2%', '0.02')],
  ['an input of a price for one of a percentage', `input most = 0.02\n${BASE.replace('2%', 'most')}`],
  ['text for a number', BASE.replace('rsi(close, 14) < 70', 'ma(close, 14, "sma") < ma(close, 14, "ema")')],
  ['a size of nothing', BASE.replace('stop: 2%', 'size: na, stop: 2%')],
  ['a fraction of equity for what margin allows', BASE.replace('stop: 2%', 'size: 100%, stop: 2%')],
  ['an action less', BASE.replace('sell(when: close < line)\n', '')],
])('%s does', (_what, code) => {
  expect(meanTheSame(formula(BASE), formula(code))).toBe(false);
});

test('what can not run does not mean what runs', () => {
  expect(meanTheSame(formula(BASE), parse(`${BASE}unused = rsi(14)\n`).formula)).toBe(false);
});
