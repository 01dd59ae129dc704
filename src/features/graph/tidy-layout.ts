import type { ElkNode } from 'elkjs/lib/elk-api';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { graphOf, movesOf } from './layout-graph.ts';

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
      resolve(movesOf(children));
    });
    worker.postMessage({ id: 1, graph: graphOf(formula) });
  });
}
