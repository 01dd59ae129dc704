import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import type { GraphParts } from './context.ts';
import { shapeOf } from './node-shape.ts';

const NONE: ReadonlySet<NodeId> = new Set();

/**
 * The nodes that show all of their ports: those that the person has opened, and those of which a field that has changed
 * would not be in sight otherwise.
 */
export function openedBy(
  formula: Formula,
  fields: GraphParts['fields'],
  opened: ReadonlySet<NodeId> = NONE,
): ReadonlySet<NodeId> {
  const hidden = [...(fields ?? [])].flatMap(([id, ports]) => {
    const node = nodeOf(formula, id);
    const shown = new Set(node && shapeOf(node).rows.map(({ name }) => name));
    return node === undefined || [...ports.keys()].every((port) => shown.has(port)) ? [] : [id];
  });
  return hidden.length === 0 ? opened : new Set([...opened, ...hidden]);
}
