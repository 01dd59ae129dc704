import { expect, test } from 'vitest';
import { formatFigure } from './format-figure.ts';

test('money carries its currency and a true minus', () => {
  expect(formatFigure(-1234.5, { kind: 'money', currency: 'USD' })).toBe('−$1,234.50');
});

test('a fraction is shown in percent, with a plus when asked', () => {
  expect(formatFigure(0.1234, { kind: 'percent', signed: true })).toBe('+12.34%');
});

test('zero has no sign, also a negative one', () => {
  expect(formatFigure(-0, { kind: 'percent', signed: true })).toBe('0.00%');
  expect(formatFigure(-0.000001, { kind: 'percent' })).toBe('0.00%');
});

test('prices keep the decimals that they have, two at the least', () => {
  expect(formatFigure(1.07853, { kind: 'price' })).toBe('1.07853');
  expect(formatFigure(3230.8, { kind: 'price' })).toBe('3,230.80');
  expect(formatFigure(0.000_000_011, { kind: 'price' })).toBe('0.000000011');
});

test('an undefined figure is a dash, an infinite one says so', () => {
  expect(formatFigure(Number.NaN, { kind: 'ratio' })).toBe('–');
  expect(formatFigure(Infinity, { kind: 'ratio' })).toBe('∞');
});
