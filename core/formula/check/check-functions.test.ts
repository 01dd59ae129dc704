import { expect, test } from 'vitest';
import { parse } from '../language/parse.ts';
import { check } from './check.ts';

const errorsOf = (code: string): string[] =>
  check(parse(code).formula)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code: kind }) => kind);

test.each([
  ['fn f(x) = f(x)'],
  ['fn f(x) = g(x)\nfn g(x) = f(x)'],
  ['fn h(x) = f(x)\nfn f(x) = g(x)\nfn g(x) = f(x)\nbuy(when: close > open)'],
  ['fn f(x) = f(x)\nbuy(when: f(close) > open)'],
])('functions that call one another in a circle are told, called or not: %s', (code) => {
  expect(errorsOf(code)).toEqual(['recursion']);
});

test('functions that only another one calls are looked at with it', () => {
  expect(errorsOf('fn f(x) = g(x)\nfn g(x) = rsi(x, 1)')).toEqual(['range']);
  expect(errorsOf('fn f(x) = g(x)\nfn g(x) = rsi(x, 14)')).toEqual([]);
});
