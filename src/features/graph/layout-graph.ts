import type { ElkNode } from 'elkjs/lib/elk-api';
import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, type Formula } from '#core/formula/model/formula.ts';
import { nodeHeight, NODE_WIDTH } from './node-shape.ts';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.spacing.nodeNode': '16',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** The question to the layout engine: boxes of computed sizes, and a wire for each reference. */
export const graphOf = (formula: Formula): ElkNode => ({
  id: 'root',
  layoutOptions: OPTIONS,
  children: Object.entries(formula.nodes).map(([id, node]) => ({ id, width: NODE_WIDTH, height: nodeHeight(node) })),
  edges: Object.entries(formula.nodes).flatMap(([id, node]) =>
    Object.entries(node.args).flatMap(([port, arg]) =>
      isRef(arg) && arg.from in formula.nodes ? [{ id: `${id}/${port}`, sources: [arg.from], targets: [id] }] : [],
    ),
  ),
});

/** The answer, in whole pixels. */
export const movesOf = (children: readonly ElkNode[]): (Edit & { readonly type: 'moveNode' })[] =>
  children.map(({ id, x = 0, y = 0 }) => ({ type: 'moveNode', id, at: { x: Math.round(x), y: Math.round(y) } }));
