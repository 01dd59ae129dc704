import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCKS } from '#core/formula/blocks/catalogue.ts';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { check } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import { isRef } from '#core/formula/model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import { flowEdges } from './flow-edges.ts';
import { flowNodes } from './flow-nodes.ts';
import { sentencesOf } from './node-sentence.ts';
import { isOperator, nodeHeight, shapeOf } from './node-shape.ts';
import { titlesOf } from './node-title.ts';

type Drawable = Parameters<typeof check>[0];

const wiresOf = (formula: Drawable) =>
  Object.entries(formula.nodes).flatMap(([node, { args }]) =>
    Object.entries(args).flatMap(([port, arg]) => (isRef(arg) ? [{ node, port }] : [])),
  );

const nodesOf = (formula: Drawable, before: Parameters<typeof flowNodes>[0] = new Map(), opened = new Set<string>()) =>
  flowNodes(before, {
    formula,
    ids: Object.keys(formula.nodes),
    titleOf: titlesOf(formula),
    sentenceOf: sentencesOf(formula, titlesOf(formula)),
    graphId: 'graph',
    opened,
    problems: new Map(),
    selection: new Set(),
    changes: new Map(),
    places: new Map(),
    types: new Map(),
  });

const edgesOf = (formula: Drawable, before: Parameters<typeof flowEdges>[0] = new Map()) =>
  flowEdges(before, {
    placed: { formula, places: new Map() },
    wires: wiresOf(formula),
    types: check(formula).types,
    selected: new Set(),
    canEdit: true,
  });

const drawnOf = (formula: Drawable) => ({ nodes: nodesOf(formula), edges: edgesOf(formula) });

test('each wire of a formula is drawn between two handles that its nodes have', () => {
  fc.assert(
    fc.property(arbitraryFormula({ maxStatements: 8, feeds: SOME_FEEDS }), (formula) => {
      const { nodes, edges } = drawnOf(formula);
      const wires = Object.values(formula.nodes).flatMap(({ args }) =>
        Object.values(args).filter((arg) => typeof arg === 'object' && arg !== null && 'from' in arg),
      );
      expect(edges).toHaveLength(wires.length);
      const handles = new Set(
        nodes.flatMap(({ id, handles: own = [] }) => own.map(({ id: port, type }) => `${id} ${type} ${port}`)),
      );
      for (const { source, sourceHandle, target, targetHandle } of edges) {
        expect(handles).toContain(`${source} source ${sourceHandle}`);
        expect(handles).toContain(`${target} target ${targetHandle}`);
      }
    }),
  );
});

test('a node that becomes another block has the handles of that block', () => {
  fc.assert(
    fc.property(
      arbitraryFormula({ maxStatements: 4 }),
      fc.constantFrom(...BLOCKS),
      fc.nat(),
      (formula, block, choice) => {
        const ids = Object.keys(formula.nodes);
        const id = ids[choice % Math.max(1, ids.length)];
        if (id === undefined) return;
        const before = new Map(drawnOf(formula).nodes.map((node) => [node.id, node]));
        const after = applyEdits(formula, [{ type: 'setBlock', id, block: block.name }]);
        const drawn = nodesOf(after, before).find((node) => node.id === id);
        const node = after.nodes[id];
        expect(drawn?.handles?.map((handle) => handle.id)).toEqual(
          node && shapeOf(node).handles.map((handle) => handle.id),
        );
        expect(drawn?.height).toBe(node && nodeHeight(node));
      },
    ),
  );
});

test('no row of an output is that of a port, and no two dots are one', () => {
  for (const block of BLOCKS)
    for (const ports of ['few', 'all'] as const) {
      const shape = shapeOf({ block: block.name, args: {} }, ports);
      for (const side of ['input', 'output'] as const) {
        const dots = shape.handles.filter((handle) => handle.side === side);
        expect(new Set(dots.map(({ y }) => y)).size, block.name).toBe(dots.length);
        for (const { y } of dots) expect(y, block.name).toBeLessThan(shape.height);
      }
      if (block.outputs.length < 2) continue;
      const lowest = Math.max(...shape.handles.filter(({ side }) => side === 'output').map(({ y }) => y));
      for (const { name } of shape.rows) expect(shape.topOf(name), block.name).toBeGreaterThan(lowest);
    }
});

test('all ports of a block can be reached when they are asked for, and a wire has its dot either way', () => {
  for (const block of BLOCKS) {
    const bare = { block: block.name, args: {} };
    const { handles, rows } = shapeOf(bare, 'all');
    const dots = handles.filter(({ side }) => side === 'input').map(({ id }) => id);
    const reached = new Set([...rows.map(({ name }) => name), ...dots]);
    expect(block.inputs.filter(({ name }) => !reached.has(name))).toEqual([]);
    // The arguments of an input are constants: nothing can be wired to them.
    if (block.kind !== 'input') expect(dots.toSorted()).toEqual(block.inputs.map(({ name }) => name).toSorted());
    for (const { name } of block.kind === 'input' ? [] : block.inputs) {
      const wired = { block: block.name, args: { [name]: { from: 'x' } } };
      expect(
        shapeOf(wired).handles.some(({ id, side }) => side === 'input' && id === name),
        `${block.name}.${name}`,
      ).toBe(true);
    }
  }
});

test('an operator whose wires are all there is as high as its title', () => {
  for (const block of BLOCKS.filter(isOperator)) {
    const args = Object.fromEntries(block.inputs.map(({ name }) => [name, { from: name }]));
    expect(shapeOf({ block: block.name, args }).rows, block.name).toEqual([]);
    expect(nodeHeight({ block: block.name, args }), block.name).toBeLessThanOrEqual(40);
  }
});

test('an operator without a name is called what code writes of it', () => {
  const { formula } = parse(
    'bands = bbands(close, 20)\ncalm = rsi(close, 14) < 70\nbuy(when: close > bands.upper and calm)\n',
  );
  const titleOf = titlesOf(formula);
  const titles = Object.entries(formula.nodes).map(([id, node]) => titleOf(id, node));
  expect(titles.map(({ name, detail }) => (detail === '' ? name : `${name}: ${detail}`)).toSorted()).toEqual([
    'Buy',
    'Close',
    'Relative strength index',
    'bands: bbands',
    'calm: rsi(close, 14) < 70',
    'close > bands.upper',
    'close > bands.upper and calm',
  ]);
  const half = { ...formula, nodes: { a: { block: 'gt', args: { a: 3 } } } };
  expect(titlesOf(half)('a', half.nodes.a).name).toBe('Greater');
});

test('what has not changed stays the same object, and is not drawn anew', () => {
  fc.assert(
    fc.property(arbitraryFormula({ maxStatements: 6 }), (formula) => {
      const { edges } = drawnOf(formula);
      const again = edgesOf(formula, new Map(edges.map((edge) => [edge.id, edge])));
      again.forEach((edge, index) => expect(edge).toBe(edges[index]));
    }),
    { numRuns: 20 },
  );
});

test('a wire says what is wired to what', () => {
  const { edges } = drawnOf({
    format: 'alphaloom/formula@1',
    nodes: {
      a: { block: 'bbands', name: 'bands', args: {} },
      b: { block: 'gt', args: { a: { from: 'a', output: 'upper' } } },
    },
  });
  expect(edges.map(({ ariaLabel }) => ariaLabel)).toEqual(['bands.upper → gt a']);
});
