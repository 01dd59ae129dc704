import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { isAlwaysStatement } from '#core/formula/language/statements.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { nodeAbout, nodeMap, sourceOf, splitArgKey, type Roots } from './document-roots.ts';
import { isStray } from './stray.ts';

/**
 * Marks those of the new nodes that are written inside of a statement: each is there for the one node that is wired to
 * it, and goes when a colleague has written something else there at the same moment. A price is there for all nodes
 * that are wired to it, and goes with the last wire. What is put on the canvas is there for itself.
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
    // A wire into a port that the user's block does not have is not shown: what is left of that use is a node of its
    // own.
    if (nodeMap(roots.nodes, user)?.has('deleted') === false && !isStray(roots, key))
      users.get(sourceOf(arg) ?? '')?.push(user);
  }
  for (const [id, of] of users)
    if (isPrice(roots, id) ? of.some((user) => !isPrice(roots, user)) : endsInStatement(users, id))
      nodeMap(roots.nodes, id)?.set('inside', true);
}

/** Marks the prices of a formula that something is wired to, as if they had been typed: each is there for its users. */
export const markPrices = (roots: Roots, ids: readonly NodeId[]): void =>
  markInside(
    roots,
    ids.filter((id) => isPrice(roots, id)),
  );

/** A node that code writes as a bare word wherever it is used: `close`. */
const isPrice = (roots: Roots, id: NodeId): boolean => isBareName(String(nodeMap(roots.nodes, id)?.get('block')));

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

/**
 * Somebody has taken wires away and left the nodes that they came from: each of these is there for itself from now on.
 * A price that something else is still wired to was not left so: should a colleague take that wire away at the same
 * moment, neither of the two wants the price to stand by itself.
 */
export function leaveAlone(roots: Roots, sources: ReadonlySet<NodeId>): void {
  const left = [...sources].filter((id) => {
    const node = nodeMap(roots.nodes, id);
    return node?.has('inside') === true && !node.has('deleted');
  });
  if (left.length === 0) return;
  const used = usedPrices(roots, new Set(left.filter((id) => isPrice(roots, id))));
  for (const id of left) if (!used.has(id)) nodeMap(roots.nodes, id)?.delete('inside');
}

/** Which of these prices a node that is not deleted is wired to. */
function usedPrices(roots: Roots, prices: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  const used = new Set<NodeId>();
  if (prices.size === 0) return used;
  for (const [key, arg] of roots.args.entries()) {
    const source = sourceOf(arg);
    if (source === undefined || used.has(source) || !prices.has(source)) continue;
    const [user] = splitArgKey(key);
    // A price takes no arguments: a wire into one is somebody's mistake, and may come from the price itself.
    if (nodeMap(roots.nodes, user)?.has('deleted') === false && !isPrice(roots, user) && !isStray(roots, key))
      used.add(source);
  }
  return used;
}
