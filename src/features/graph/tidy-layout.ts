import type { ElkNode } from 'elkjs/lib/elk-api';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { graphOf, movesOf } from './layout-graph.ts';

export type Moves = ReturnType<typeof movesOf>;

interface TidyOptions {
  readonly signal: AbortSignal;
  /** The nodes to lay out, where they stand; left out: all of them. */
  readonly ids?: ReadonlySet<NodeId>;
}

/** A layered layout of the formula, left to right, as moves. */
export function tidyLayout(formula: Formula, { signal, ids }: TidyOptions): Promise<Moves> {
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
      resolve(movesOf(children));
    });
    worker.postMessage({ id: 1, graph: graphOf(formula, ids ?? null) });
  });
}
