import { describe, expect, test } from 'vitest';
import { applyEdits, editsBetween } from './change/apply-edits.ts';
import { reconcile } from './change/reconcile.ts';
import { check } from './check/check.ts';
import { fromJsonText, toJson } from './json/json.ts';
import { parse } from './language/parse.ts';
import { print } from './language/print.ts';
import { EMPTY_FORMULA, MOST_NODES, type Arg, type Formula, type FormulaNode } from './model/formula.ts';

const N = MOST_NODES - 2;

const formulaOf = (count: number, node: (index: number) => FormulaNode): Formula => ({
  ...EMPTY_FORMULA,
  nodes: Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, node(index)])),
});

const chain = (block: string, port: string, first: FormulaNode, rest: Readonly<Record<string, Arg>> = {}): Formula =>
  formulaOf(N, (index) => (index === 0 ? first : { block, args: { [port]: { from: `n${index - 1}` }, ...rest } }));

/** Every third node compares, every third puts a comparison to those before: `close > 0 and close > 1 and …`. */
const conditionOf = (block: 'and' | 'or'): Formula =>
  formulaOf(N - (N % 2), (index) => {
    if (index === 0) return { block: 'close', args: {} };
    if (index === 1) return { block: 'gt', args: { a: { from: 'n0' }, b: 0 } };
    return index % 2 === 0
      ? { block: 'gt', args: { a: { from: 'n0' }, b: index } }
      : { block, args: { a: { from: index === 3 ? 'n1' : `n${index - 2}` }, b: { from: `n${index - 1}` } } };
  });

/** Graphs as large as they may be, of the shapes that a walk over them may not like. */
const SHAPES: Readonly<Record<string, Formula>> = {
  'a chain of negations': chain('neg', 'x', { block: 'close', args: {} }),
  'a sum that leans to the left': chain('add', 'a', { block: 'close', args: {} }, { b: 1 }),
  'a sum that leans to the right': chain('add', 'b', { block: 'close', args: {} }, { a: 1 }),
  'averages of averages': chain('sma', 'source', { block: 'close', args: {} }, { timePeriod: 2 }),
  'a tower of powers': chain('pow', 'b', { block: 'close', args: {} }, { a: 2 }),
  'a chain of other names': chain('value', 'x', { block: 'value', args: { x: 1 } }),
  'conditions in a chain': chain('and', 'a', { block: 'gt', args: { a: 1, b: 2 } }, { b: true }),
  'comparisons in one condition': conditionOf('and'),
  'comparisons of which one may hold': conditionOf('or'),
  'one value that all read': formulaOf(N, (index) =>
    index === 0
      ? { block: 'close', args: {} }
      : index === 1
        ? { block: 'gt', args: { a: { from: 'n0' }, b: 1 } }
        : { block: 'info', args: { when: { from: 'n1' } } },
  ),
  'many of the same block': formulaOf(N, () => ({ block: 'atr', args: {} })),
  'many of the same name': formulaOf(N, () => ({ block: 'atr', name: 'range', args: {} })),
  'every price again and again': formulaOf(N, (index) =>
    index % 2 === 0 ? { block: 'close', args: {} } : { block: 'sqrt', args: { x: { from: `n${index - 1}` } } },
  ),
  'one circle': formulaOf(N, (index) => ({ block: 'neg', args: { x: { from: `n${(index + 1) % N}` } } })),
  'many circles': formulaOf(N, (index) => ({ block: 'add', args: { a: { from: `n${index ^ 1}` }, b: 1 } })),
  'nodes that read themselves': formulaOf(N, (index) => ({
    block: 'add',
    args: { a: { from: `n${index}` }, b: { from: `n${index}` } },
  })),
  'a ladder': formulaOf(N, (index) => ({
    block: 'add',
    args: { a: index < 2 ? 1 : { from: `n${index - 1}` }, b: index < 2 ? 1 : { from: `n${index - 2}` } },
  })),
  'wires from nowhere': formulaOf(N, () => ({
    block: 'constructor',
    args: { toString: { from: '__proto__' }, x: { from: 'constructor' } },
  })),
};

describe.each(Object.entries(SHAPES))('%s', (name, formula) => {
  const isSound = !/circle|themselves|nowhere|same name/.test(name);

  test('ends neither the stack nor patience', { timeout: 30_000 }, () => {
    expect(check(formula, { bars: 100 }).ok).toBe(isSound);
    const code = print(formula);
    const parsed = parse(code);
    if (isSound) {
      expect(parsed.diagnostics).toEqual([]);
      expect(print(parsed.formula) === code).toBe(true);
      expect(
        editsBetween(
          formula,
          reconcile(formula, parsed.formula, () => 'fresh'),
        ),
      ).toEqual([]);
    }
    const made = applyEdits(EMPTY_FORMULA, editsBetween(EMPTY_FORMULA, formula));
    expect(Object.keys(made.nodes)).toHaveLength(N);
    expect(applyEdits(formula, editsBetween(formula, EMPTY_FORMULA))).toEqual(EMPTY_FORMULA);
    expect(fromJsonText(toJson(formula)).diagnostics.length > 0).toBe(name === 'wires from nowhere');
  });
});
