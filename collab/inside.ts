import { isAlwaysStatement } from '#core/formula/language/statements.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { nodeAbout, nodeMap, sourceOf, splitArgKey, type Roots } from './layout.ts';
import { isStray } from './stray.ts';

/**
 * Marks those of the new nodes that are written inside of a statement: each is there for the one node that is wired to it, and goes when a
 * colleague has written something else there at the same moment. What is put on the canvas is there for itself.
 */
export function markInside(roots: Roots, added: readonly NodeId[]): void {
  const couldBe = (id: NodeId): boolean => {
    const about = nodeAbout(nodeMap(roots.nodes, id));
    return about !== undefined && !isAlwaysStatement(about);
  };
  const users = new Map(added.filter(couldBe).map((id) => [id, new Array<NodeId>()]));
  if (users.size === 0) return;
  for (const [key, arg] of roots.args.entries()) {
    const [user] = splitArgKey(key);
    // A wire into a port that the user's block does not have is not shown: what is left of that use is a node of its own.
    if (nodeMap(roots.nodes, user)?.has('deleted') === false && !isStray(roots, key))
      users.get(sourceOf(arg) ?? '')?.push(user);
  }
  for (const id of users.keys()) if (endsInStatement(users, id)) nodeMap(roots.nodes, id)?.set('inside', true);
}

/** Whether the one user of a node is a node that stands, or is written inside of such a node itself. */
function endsInStatement(users: ReadonlyMap<NodeId, readonly NodeId[]>, id: NodeId): boolean {
  const seen = new Set<NodeId>();
  for (let at = id; !seen.has(at);) {
    seen.add(at);
    const [user, ...others] = users.get(at) ?? [];
    if (user === undefined || others.length > 0) return false;
    if (!users.has(user)) return true;
    at = user;
  }
  return false;
}

/** Somebody takes the wire away and leaves the node that it comes from: the node is there for itself from now on. */
export function leaveAlone(roots: Roots, wire: unknown): void {
  const source = sourceOf(wire);
  const node = source === undefined ? undefined : nodeMap(roots.nodes, source);
  if (node?.has('inside') && !node.has('deleted')) node.delete('inside');
}
