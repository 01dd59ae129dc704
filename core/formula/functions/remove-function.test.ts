import { expect, test } from 'vitest';
import { applyEdits } from '../change/apply-edits.ts';
import { check } from '../check/check.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import type { Formula, NodeId } from '../model/formula.ts';
import { expand } from './expand.ts';
import { removeFunction } from './remove-function.ts';

const named = ({ nodes }: Formula, name: string): NodeId =>
  Object.entries(nodes).find(([, node]) => node.block === 'fn' && node.name === name)?.[0] ?? '';

const withoutNames = (formula: Formula): string =>
  print({
    ...formula,
    nodes: Object.fromEntries(Object.entries(formula.nodes).map(([id, { name: _name, ...node }]) => [id, node])),
  });

test.each([
  ['fn f(a) = sma(a, 3)\nbuy(when: close > f(close) and open > f(open))\n', 2],
  ['fn f(a, n = 3) =\n    x = sma(a, n)\n    return x + 1\nx1 = f(close)\nbuy(when: close > x1)\n', 1],
  ['fn f(a) = sma(a, 3)\nfn g(a) = f(a) + f(a + 1)\nbuy(when: close > g(close))\n', 2],
  ['fn f(a) = a + 1\nbuy(when: close > open)\n', 0],
  [
    'fn f(a) =\n    u = a + 1\n    return up: u, down: a - 1\nx = f(close)\nbuy(when: close > x.up or x.down > open)\n',
    1,
  ],
])('%s: what it is made of takes the place of its calls', (code, calls) => {
  const { formula } = parse(code);
  let count = 0;
  const removed = removeFunction(formula, named(formula, 'f'), () => `fresh${(count += 1)}`);
  const after = applyEdits(formula, removed.edits);
  expect(removed.calls).toBe(calls);
  expect(named(after, 'f')).toBe('');
  expect(print(after)).not.toContain('gone');
  expect(check(after).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(withoutNames(expand(after).formula).length).toBe(withoutNames(expand(formula).formula).length);
});
