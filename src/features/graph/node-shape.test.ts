import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCKS, findBlock } from '#core/formula/blocks/catalogue.ts';
import { applyEdits } from '#core/formula/change/edits.ts';
import { check } from '#core/formula/check/check.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import { flowEdges } from './flow-edges.ts';
import { flowNodes } from './flow-nodes.ts';
import { nodeHandles, nodeHeight, portTop, visiblePorts } from './node-shape.ts';

const drawnOf = (formula: Parameters<typeof check>[0]) => {
  const nodes = flowNodes(new Map(), {
    formula,
    problems: new Map(),
    selection: new Set(),
    changes: new Map(),
    places: new Map(),
    dragged: new Map(),
    types: new Map(),
  });
  return {
    nodes,
    edges: flowEdges(new Map(), { formula, types: check(formula).types, selected: new Set(), canEdit: true }),
  };
};

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
        const drawn = flowNodes(before, {
          formula: after,
          problems: new Map(),
          selection: new Set(),
          changes: new Map(),
          places: new Map(),
          dragged: new Map(),
          types: new Map(),
        }).find((node) => node.id === id);
        const node = after.nodes[id];
        expect(drawn?.handles?.map((handle) => handle.id)).toEqual(
          node && nodeHandles(node).map((handle) => handle.id),
        );
        expect(drawn?.height).toBe(node && nodeHeight(node));
      },
    ),
  );
});

test('no row of an output is that of a port', () => {
  for (const block of BLOCKS) {
    const node = { block: block.name, args: {} };
    const handles = nodeHandles(node);
    expect(new Set(handles.filter(({ side }) => side === 'output').map(({ y }) => y)).size, block.name).toBe(
      handles.filter(({ side }) => side === 'output').length,
    );
    if (block.outputs.length < 2) continue;
    const lowest = Math.max(...handles.filter(({ side }) => side === 'output').map(({ y }) => y));
    visiblePorts(findBlock(block.name) ?? block, node).forEach((_port, index) =>
      expect(portTop(block, index), block.name).toBeGreaterThan(lowest),
    );
  }
});

test('what has not changed stays the same object, and is not drawn anew', () => {
  fc.assert(
    fc.property(arbitraryFormula({ maxStatements: 6 }), (formula) => {
      const { edges } = drawnOf(formula);
      const again = flowEdges(new Map(edges.map((edge) => [edge.id, edge])), {
        formula,
        types: check(formula).types,
        selected: new Set(),
        canEdit: true,
      });
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
