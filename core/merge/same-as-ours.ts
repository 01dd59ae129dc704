import { freshId, withIds } from '#core/diff/align.ts';
import { sideOf, type Side } from '#core/diff/side.ts';
import { isRef, nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';

/**
 * `theirs`, its new nodes with the ids that they have in `ours` where both sides have written the same, and with ids of
 * their own where they have not. All three have the ids of `base`.
 */
export function sameAsOurs(base: Formula, ours: Formula, theirs: Formula): Formula {
  const isNew = (id: NodeId): boolean => nodeOf(base, id) === undefined;
  const [a, b] = [sideOf(ours), sideOf(theirs)];
  const same = new Map<NodeId, NodeId>();
  const taken = new Set<NodeId>();
  const open: [id: NodeId, own: NodeId][] = [];
  const pair = (id: NodeId, own: NodeId): void => {
    if (isNew(id)) {
      if (same.has(id) || taken.has(own)) return;
      same.set(id, own);
      taken.add(own);
    }
    open.push([id, own]);
  };
  const waiting = new Map<string, NodeId[]>();
  for (const own of a.statements) {
    if (!isNew(own)) continue;
    const text = whole(a, own);
    waiting.set(text, [...(waiting.get(text) ?? []), own]);
  }
  for (const id of b.statements) {
    if (!isNew(id)) {
      if (nodeOf(ours, id)) pair(id, id);
      continue;
    }
    const own = waiting.get(whole(b, id))?.shift();
    if (own !== undefined) pair(id, own);
  }
  const seen = new Set<NodeId>();
  for (let next = open.pop(); next; next = open.pop()) {
    const [id, own] = next;
    if (seen.has(id)) continue;
    seen.add(id);
    const counterparts = nodeOf(ours, own)?.args ?? {};
    for (const [port, arg] of Object.entries(nodeOf(theirs, id)?.args ?? {})) {
      const counterpart = Object.hasOwn(counterparts, port) ? counterparts[port] : undefined;
      if (!isRef(arg) || !isRef(counterpart) || isNew(arg.from) !== isNew(counterpart.from)) continue;
      const isSame = isNew(arg.from)
        ? a.says(counterpart.from) === b.says(arg.from) && a.isStatement(counterpart.from) === b.isStatement(arg.from)
        : arg.from === counterpart.from;
      if (isSame) pair(arg.from, counterpart.from);
    }
  }
  return withIds(theirs, apart(ours, theirs, same, isNew));
}

/** A statement as it is written, with the function that it is part of. */
const whole = (side: Side, id: NodeId): string =>
  `${side.labelOf(id).split('.').slice(0, -1).join('.')} ${side.write(id)}`;

/** Gives the new nodes that are the same the ids of ours, and the others such as ours has not. */
function apart(
  ours: Formula,
  theirs: Formula,
  same: ReadonlyMap<NodeId, NodeId>,
  isNew: (id: NodeId) => boolean,
): ReadonlyMap<NodeId, NodeId> {
  const renamed = new Map<NodeId, NodeId>();
  const taken = new Set(same.values());
  const isTaken = (id: NodeId): boolean =>
    taken.has(id) || nodeOf(ours, id) !== undefined || nodeOf(theirs, id) !== undefined || !isNew(id);
  for (const id of Object.keys(theirs.nodes)) {
    if (!isNew(id)) continue;
    const known = same.get(id);
    const own = known ?? (nodeOf(ours, id) === undefined && !taken.has(id) ? id : freshId(id, isTaken));
    taken.add(own);
    if (own !== id) renamed.set(id, own);
  }
  return renamed;
}
