import type { Formula, NodeId } from '../model/formula.ts';
import { graphOf } from './graph.ts';

/**
 * The nodes such that each stands behind those that it is wired to; nodes in a circle, or wired to one, are left out.
 */
export function dataflowOrder(formula: Formula): {
  readonly order: readonly NodeId[];
  readonly stuck: readonly NodeId[];
} {
  const { vertices, sorted } = graphOf(formula);
  const placed = new Set(sorted);
  return {
    order: sorted.map(({ id }) => id),
    stuck: vertices.filter((vertex) => !placed.has(vertex)).map(({ id }) => id),
  };
}
