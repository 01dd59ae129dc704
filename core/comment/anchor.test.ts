import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { EMPTY_FORMULA } from '#core/formula/model/formula.ts';
import { aboutNode, describeAnchor, labelOf } from './anchor.ts';

const { formula } = parse('input fast = 10 in 2..50\nline = sma(close, fast)\nbuy(when: rsi(line, 14) > 50)\n');
const idOf = (block: string): string =>
  Object.entries(formula.nodes).find(([, node]) => node.block === block)?.[0] ?? '';

test('a statement is kept with its name and its code', () => {
  expect(aboutNode(formula, idOf('sma'))).toEqual({ label: 'line', code: 'line = sma(close, fast)' });
  expect(aboutNode(formula, idOf('buy'))).toEqual({ label: 'Buy', code: 'buy(when: rsi(line, 14) > 50)' });
});

test('a node inside a statement is kept with its own part of it', () => {
  expect(aboutNode(formula, idOf('rsi'))).toMatchObject({ code: 'rsi(line, 14)' });
});

test('there is nothing to keep of a node that is not there', () => {
  expect(aboutNode(formula, 'nobody')).toBeUndefined();
  expect(labelOf(formula, 'constructor')).toBeUndefined();
});

test('a thread goes by what its node is called now, and by what it was when the node is gone', () => {
  const anchor = { kind: 'node', nodeId: idOf('sma'), about: { label: 'old', code: 'old = sma(close, 5)' } } as const;
  expect(describeAnchor(anchor, formula)).toEqual({ title: 'line', code: 'old = sma(close, 5)', isGone: false });
  expect(describeAnchor(anchor, EMPTY_FORMULA)).toEqual({ title: 'old', code: 'old = sma(close, 5)', isGone: true });
  expect(describeAnchor({ kind: 'formula' }, formula)).toEqual({ title: 'The formula', code: null, isGone: false });
});

test('a very long statement is shortened', () => {
  const long = parse(`x = ${Array.from({ length: 200 }, (_, index) => `close * ${index + 2}`).join(' + ')}\n`).formula;
  const id = Object.entries(long.nodes).find(([, { name }]) => name === 'x')?.[0] ?? '';
  expect(aboutNode(long, id)?.code).toHaveLength(300);
});
