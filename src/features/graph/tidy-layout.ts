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

const graphOf = (formula: Formula): ElkNode => ({
  id: 'root',
  layoutOptions: OPTIONS,
  children: Object.entries(formula.nodes).map(([id, node]) => ({ id, width: NODE_WIDTH, height: nodeHeight(node) })),
  edges: Object.entries(formula.nodes).flatMap(([id, node]) =>
    Object.entries(node.args).flatMap(([port, arg]) =>
      isRef(arg) && arg.from in formula.nodes ? [{ id: `${id}/${port}`, sources: [arg.from], targets: [id] }] : [],
    ),
  ),
});

/** A layered layout of the whole formula, left to right, as edits. `signal` stops it. */
export function tidyLayout(formula: Formula, signal: AbortSignal): Promise<Edit[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    const end = (): void => worker.terminate();
    signal.addEventListener('abort', () => {
      end();
      reject(signal.reason);
    });
    worker.addEventListener('error', (event) => {
      end();
      reject(new Error(event.message));
    });
    worker.addEventListener('message', (event: MessageEvent<{ children?: readonly ElkNode[]; error?: string }>) => {
      end();
      const { children, error } = event.data;
      if (!children) return reject(new Error(error ?? 'no layout'));
      resolve(
        children.map(({ id, x = 0, y = 0 }) => ({ type: 'moveNode', id, at: { x: Math.round(x), y: Math.round(y) } })),
      );
    });
    worker.postMessage({ id: 1, graph: graphOf(formula) });
  });
}
