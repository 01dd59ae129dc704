import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { throughChains } from '#core/formula/chains/chain-edits.ts';
import { chainsOf } from '#core/formula/chains/chain.ts';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { isRef, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { findBlocks } from '#core/formula/reference/find-blocks.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { arbitraryProgram } from '#core/formula/testing/arbitrary-program.ts';
import { addBlock } from './add-block.ts';
import { shapeOf } from './node-shape.ts';
import { blockOf, functionBlocks, scopeView, whyNotWire, wholeOf } from './scope-view.ts';
import { insertBlock } from './wires/insert-on-wire.ts';
import { removeKeepingChain } from './wires/keep-chain.ts';
import { removeShown } from './wires/remove-shown.ts';

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

describe('what is taken away in one graph of a formula', () => {
  const PRICES = `input n = 10
fn mid(a) =
    sum = a + close * n
    return sum / 2
fn low2(a) = a + close
x = mid(close)
buy(when: sma(close, n) > x + low2(open))
`;
  const { formula: shared } = parse(PRICES);
  const scopes = [null, ...Object.keys(shared.nodes).filter((id) => shared.nodes[id]?.block === 'fn')];
  const drawnIn = (scope: NodeId | null, of: Formula): string =>
    JSON.stringify(Object.values(scopeView(of, scope).nodes).map(({ block, name, args }) => [block, name, args]));

  test.each([
    ['Delete', removeShown],
    ['Delete with the chain kept', removeKeepingChain],
  ])('%s of everything leaves the others as they are', (_what, remove) => {
    for (const scope of scopes.filter((each) => each !== null)) {
      const view = scopeView(shared, scope);
      const after = applyEdits(shared, remove(view, new Set(Object.keys(view.nodes))));
      for (const other of scopes.filter((each) => each !== scope))
        if (other !== null || remove === removeShown) expect(print(after)).toContain('sma(close, n)');
      for (const other of scopes.filter((each) => each !== scope && each !== null))
        expect(drawnIn(other, after)).toBe(drawnIn(other, shared));
    }
  });

  test('a price that only one graph reads goes with its node', () => {
    const view = scopeView(formula, named(formula, 'mid'));
    const after = applyEdits(formula, removeShown(view, new Set([named(view, 'low')])));
    expect(named(after, 'low')).toBe('');
  });
});

const functionIds = ({ nodes }: Formula): NodeId[] =>
  Object.entries(nodes).flatMap(([id, { block }]) => (block === 'fn' ? [id] : []));
const wiresIn = ({ nodes }: Formula): number =>
  Object.values(nodes).flatMap(({ args }) => Object.values(args).filter(isRef)).length;

describe('chains of signs', () => {
  const chained = parse('x = close + open + low + 2\nbuy(when: x > 1 and close > 2 and open > 3)\n').formula;

  test('are one node each, with a port for each side, and one that is free where all have wires', () => {
    const view = scopeView(chained, null);
    expect(namesIn(view)).toEqual(['and', 'buy', 'close', 'gt', 'gt', 'gt', 'low', 'open', 'x']);
    const and = view.nodes[named(view, 'and')];
    expect(and && shapeOf(and).handles.map(({ side }) => side)).toEqual(['input', 'input', 'input', 'input', 'output']);
    const sum = view.nodes[named(view, 'x')];
    expect(sum && shapeOf(sum).rows).toHaveLength(1);
    expect(sum && shapeOf(sum).handles.filter(({ id }) => id === '+')).toEqual([]);
  });

  test('a chain from which a node is taken away has a port less', () => {
    const view = scopeView(chained, null);
    const [gt] = Object.entries(view.nodes).find(([, { block, args }]) => block === 'gt' && args['b'] === 2) ?? [''];
    const after = applyEdits(chained, throughChains(chained, removeShown(view, new Set([gt])), { newId: () => 'new' }));
    expect(print(after)).toContain('x > 1 and open > 3');
  });

  test('of any formula: what is drawn is all of it, and unfolds to what it was', () => {
    const anything = fc.oneof(
      arbitraryFormula({ maxStatements: 8 }),
      arbitraryProgram.map(({ plain }) => parse(plain).formula),
    );
    fc.assert(
      fc.property(anything, (any) => {
        const view = scopeView(any, null);
        const whole = wholeOf(view);
        expect(Object.keys(whole.nodes).sort()).toEqual(Object.keys(any.nodes).sort());
        for (const [id, node] of Object.entries(any.nodes)) expect(whole.nodes[id]?.args).toEqual(node.args);
        const links = [...chainsOf(any).values()].reduce((sum, members) => sum + members.length - 1, 0);
        expect(wiresIn(view)).toBe(wiresIn(any) - links);
      }),
    );
  });
});

describe('functions as blocks that are added', () => {
  const view = scopeView(formula, null);
  const [mid] = functionBlocks(view);

  test('a call is wired to its function, behind a wire or on a wire', () => {
    if (!mid) throw new Error('no function');
    const added = addBlock(view, mid, { x: 0, y: 0 }, { from: { from: named(view, 'y') } });
    expect(print(applyEdits(formula, added.edits))).toContain('mid(y)');
    const onto = insertBlock(view, mid, { x: 0, y: 0 }, { node: named(view, 'y'), port: 'source' });
    expect(print(applyEdits(formula, onto?.edits ?? []))).toContain('sma(mid(close), n)');
  });

  test('a block is put onto a wire within a function', () => {
    const code = 'fn f(a, b = 20) =\n    slow = ema(close, 30)\n    return wma(slow, b) > a\nbuy(when: f(open))\n';
    const own = parse(code).formula;
    const inside = scopeView(own, named(own, 'f'));
    const [block] = findBlocks('sma');
    if (!block) throw new Error('no sma');
    expect(insertBlock(inside, block, { x: 0, y: 0 }, { node: named(own, 'wma'), port: 'source' })).not.toBeNull();
  });

  test('a block is put onto the wire of a parameter, of a function that is called and of one that is not', () => {
    for (const use of ['buy(when: f(close))', '']) {
      const own = parse(`fn f(a) =\n    return crossover(a, open)\n${use}\n`).formula;
      const inside = scopeView(own, named(own, 'f'));
      const [block] = findBlocks('abs');
      if (!block) throw new Error('no abs');
      const put = insertBlock(inside, block, { x: 0, y: 0 }, { node: named(own, 'crossover'), port: 'x' });
      expect(print(applyEdits(own, put?.edits ?? []))).toContain('crossover(abs(a), open)');
    }
  });

  test('on each wire between numbers or conditions of any program, one of the two plainest blocks fits', () => {
    const [abs] = findBlocks('abs');
    const [not] = findBlocks('not');
    if (!abs || !not) throw new Error('no such block');
    fc.assert(
      fc.property(arbitraryProgram, ({ code }) => {
        const program = parse(code).formula;
        for (const scope of [null, ...functionIds(program)]) {
          const inside = scopeView(program, scope);
          for (const [node, { args }] of Object.entries(inside.nodes))
            for (const [port, arg] of Object.entries(args)) {
              const type = blockOf(inside.nodes[node])?.inputs.find(({ name }) => name === port)?.type;
              if (!isRef(arg) || !(type === 'series<number>' || type === 'series<bool>')) continue;
              const block = type === 'series<bool>' ? not : abs;
              expect([code, node, port, insertBlock(inside, block, { x: 0, y: 0 }, { node, port }) !== null]).toEqual([
                code,
                node,
                port,
                true,
              ]);
            }
        }
      }),
      { numRuns: 8 },
    );
  });

  test('a function is not offered within itself', () => {
    expect(functionBlocks(scopeView(formula, named(formula, 'mid')))).toEqual([]);
  });
});
