import { expect, test } from 'vitest';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import {
  EMPTY_FORMULA,
  FORMULA_FORMAT,
  MOST_NODES,
  type Formula,
  type FormulaNode,
} from '#core/formula/model/formula.ts';
import { merge } from './merge.ts';

const formulaOf = (count: number, node: (index: number) => FormulaNode): Formula => ({
  format: FORMULA_FORMAT,
  nodes: Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, node(index)])),
});
const each = (formula: Formula, change: (node: FormulaNode, index: number) => FormulaNode): Formula => ({
  ...formula,
  nodes: Object.fromEntries(Object.entries(formula.nodes).map(([id, node], index) => [id, change(node, index)])),
});

test('two who have changed all of the largest strategy have their changes merged', { timeout: 30_000 }, () => {
  const base = formulaOf(MOST_NODES, (index) => ({ block: 'atr', name: `v${index}`, args: {} }));
  const ours = each(base, (node, index) => ({ ...node, comment: `A ${index}`, args: { timePeriod: 20 } }));
  const theirs = each(base, (node, index) => ({ ...node, comment: `B ${index}`, args: { timePeriod: 30 } }));
  const merged = merge(base, ours, theirs);
  expect(merged.theirs.flatMap(({ conflicts }) => conflicts)).toHaveLength(2 * MOST_NODES);
  expect(merged.ours.flatMap(({ conflicts }) => conflicts)).toHaveLength(2 * MOST_NODES);
  expect(merged.theirs.some(({ isShared }) => isShared)).toBe(false);
  expect(merged.take(new Set(merged.theirs.keys())).formula).toEqual(theirs);
});

test('an edit of one of many arguments of a node copies none of the others', () => {
  const COUNT = 4_000;
  let reads = 0;
  const args = new Proxy(Object.fromEntries(Array.from({ length: COUNT }, (_, index) => [`p${index}`, index])), {
    get: (given, key) => ((reads += 1), Reflect.get(given, key)),
  });
  const formula = { ...EMPTY_FORMULA, nodes: { call: { block: 'call', args } } };
  const edits = Array.from({ length: COUNT }, (_, index) =>
    index % 2 === 0
      ? ({ type: 'setArg', id: 'call', port: `p${index}`, arg: -1 } as const)
      : ({ type: 'clearArg', id: 'call', port: `p${index}` } as const),
  );
  const made = applyEdits(formula, [...edits, { type: 'setArg', id: 'call', port: '__proto__', arg: 7 }]);
  expect(Object.entries(made.nodes['call']?.args ?? {})).toHaveLength(COUNT / 2 + 1);
  expect(Object.entries(args)).toHaveLength(COUNT);
  expect(reads).toBeLessThan(4 * COUNT);
});
