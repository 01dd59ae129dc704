import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { shapeOf } from './node-shape.ts';
import { blockOf, scopeView, whyNotWire } from './scope-view.ts';

const CODE = `input n = 10
fn mid(a, b = 2) =
    sum = a + b * n
    return sum / low
x = mid(close, open)
y = sma(close, n)
buy(when: y > x)
`;

const { formula } = parse(CODE);
const named = ({ nodes }: Formula, name: string): NodeId =>
  Object.entries(nodes).find(([, node]) => node.name === name || node.block === name)?.[0] ?? '';
const namesIn = ({ nodes }: Formula): readonly string[] =>
  Object.values(nodes)
    .map(({ name, block }) => name ?? block)
    .sort();

describe('what is drawn of a formula with functions', () => {
  test('the strategy, with calls as blocks that have the ports of their functions', () => {
    const view = scopeView(formula, null);
    expect(namesIn(view)).toEqual(['buy', 'close', 'gt', 'n', 'open', 'x', 'y']);
    const call = view.nodes[named(view, 'x')];
    expect(blockOf(call)?.inputs.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(call && shapeOf(call).handles.map(({ id }) => id)).toEqual(['a', 'b', 'value']);
  });

  test('a function, with its parameters, its results, and the prices and inputs that it reads', () => {
    const view = scopeView(formula, named(formula, 'mid'));
    expect(namesIn(view)).toEqual(['a', 'b', 'div', 'low', 'mul', 'n', 'result', 'sum']);
    for (const { args } of Object.values(view.nodes)) expect(Object.keys(args)).not.toContain('in');
  });

  test('the same nodes as before, where nothing of them has changed', () => {
    const [one, other] = [scopeView(formula, null), scopeView({ ...formula, nodes: { ...formula.nodes } }, null)];
    for (const [id, node] of Object.entries(one.nodes)) expect(other.nodes[id]).toBe(node);
  });

  test('wires are weighed in the whole formula', () => {
    const view = scopeView(formula, null);
    expect(whyNotWire(view, { from: named(view, 'open') }, named(view, 'x'), 'a')).toBeNull();
    expect(whyNotWire(view, { from: named(view, 'x') }, named(view, 'y'), 'source')).toBeNull();
    expect(whyNotWire(view, { from: named(view, 'x') }, named(view, 'x'), 'a')).toMatch(/circle/);
    const inside = scopeView(formula, named(formula, 'mid'));
    expect(whyNotWire(inside, { from: named(inside, 'sum') }, named(inside, 'mul'), 'a')).toMatch(/circle/);
    expect(whyNotWire(inside, { from: named(formula, 'y') }, named(inside, 'sum'), 'a')).toMatch(/function/);
  });

  test('a formula without functions is drawn as it is', () => {
    const plain = parse('x = sma(close, 3)\nbuy(when: close > x)\n').formula;
    expect(scopeView(plain, null)).toBe(plain);
  });
});
