import { nodesOfChange } from '#core/diff/overlay.ts';
import { sourcesOf } from '#core/formula/language/statements.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import type { NamedChange } from './use-comparison.ts';

/**
 * The change that a node belongs to: its own, or that of the statement in which it is written. Null of one that says
 * what it said.
 */
export function changeOfNode(formula: Formula, shown: readonly NamedChange[], node: NodeId): string | null {
  const keys = new Map<NodeId, string>();
  for (const { key, change } of shown)
    for (const id of nodesOfChange(change))
      if (!keys.has(id) || change.kind !== 'moved') keys.set(id, keys.get(id) ?? key);
  const users = new Map<NodeId, NodeId>();
  for (const [id, each] of Object.entries(formula.nodes)) for (const from of sourcesOf(each)) users.set(from, id);
  const seen = new Set<NodeId>();
  for (let at: NodeId | undefined = node; at !== undefined && !seen.has(at); at = users.get(at)) {
    const key = keys.get(at);
    if (key !== undefined) return key;
    seen.add(at);
    // A statement that did not change is nobody's part.
    if (formula.nodes[at]?.name !== undefined) return null;
  }
  return null;
}
