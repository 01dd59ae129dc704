import { matchNodes } from '#core/formula/change/match-nodes.ts';
import type { Frame, StickyNote } from '#core/formula/model/annotations.ts';
import { splitWireKey, wireKey } from '#core/formula/model/bends.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';

/**
 * `b` with the ids that its nodes have in `a`, so that the two can be compared: nodes are the same by id, then by name,
 * then by what they say. Ids count only where both come from one document: code that is read has ids of its own, and
 * names that tell. What a formula means does not change by this.
 */
export const align = (a: Formula, b: Formula): Formula => withIds(b, alignedIds(a, b));

/** The ids of `b` that are others in `a`, each with the one that `align` gives. */
export function alignedIds(a: Formula, b: Formula): ReadonlyMap<NodeId, NodeId> {
  const isRelated = areRelated(a, b);
  const isKept = (id: NodeId): boolean => {
    const [before, after] = [nodeOf(a, id), nodeOf(b, id)];
    return (
      isRelated &&
      before !== undefined &&
      after !== undefined &&
      (before.block === after.block || (before.name !== undefined && before.name === after.name))
    );
  };
  const taken = new Set(Object.keys(b.nodes).filter(isKept));
  const left = Object.keys(b.nodes).filter((id) => !taken.has(id));
  if (left.every((id) => nodeOf(a, id) === undefined && taken.size === Object.keys(a.nodes).length)) return new Map();
  const { ids } = matchNodes(a, b, false);
  const renamed = new Map<NodeId, NodeId>();
  for (const id of left) {
    const match = ids.get(id);
    const own =
      match !== undefined && !taken.has(match)
        ? match
        : freshId(id, (candidate) => taken.has(candidate) || nodeOf(a, candidate) !== undefined);
    taken.add(own);
    if (own !== id) renamed.set(id, own);
  }
  return renamed;
}

/**
 * No name stands for another id: two people's renaming each other's nodes aside, that happens only between two
 * documents.
 */
function areRelated(a: Formula, b: Formula): boolean {
  const ids = new Map(
    Object.entries(a.nodes).flatMap(([id, { name }]) => (name === undefined ? [] : [[name, id] as const])),
  );
  return Object.entries(b.nodes).every(([id, { name }]) => name === undefined || (ids.get(name) ?? id) === id);
}

export function freshId(id: NodeId, isTaken: (id: NodeId) => boolean): NodeId {
  let fresh = id;
  for (let count = 2; isTaken(fresh); count += 1) fresh = `${id}-${count}`;
  return fresh;
}

/** The same formula, some of its nodes under other ids. */
export function withIds(formula: Formula, renamed: ReadonlyMap<NodeId, NodeId>): Formula {
  if (renamed.size === 0) return formula;
  const idOf = (id: NodeId): NodeId => renamed.get(id) ?? id;
  const rewire = (arg: Arg): Arg => (isRef(arg) ? { ...arg, from: idOf(arg.from) } : arg);
  const nodes = Object.entries(formula.nodes).map(([id, node]): [NodeId, FormulaNode] => [
    idOf(id),
    { ...node, args: Object.fromEntries(Object.entries(node.args).map(([port, arg]) => [port, rewire(arg)])) },
  ]);
  const { layout, frames, notes, bends } = formula;
  const within = <T extends Frame | StickyNote>(each: T): T =>
    each.in === undefined ? each : { ...each, in: idOf(each.in) };
  return {
    ...formula,
    nodes: Object.fromEntries(nodes),
    ...(layout ? { layout: Object.fromEntries(Object.entries(layout).map(([id, at]) => [idOf(id), at])) } : {}),
    ...(frames
      ? {
          frames: Object.fromEntries(
            Object.entries(frames).map(([id, frame]) => [
              id,
              within(frame.folded ? { ...frame, folded: frame.folded.map(idOf) } : frame),
            ]),
          ),
        }
      : {}),
    ...(notes ? { notes: Object.fromEntries(Object.entries(notes).map(([id, note]) => [id, within(note)])) } : {}),
    ...(bends
      ? {
          bends: Object.fromEntries(
            Object.entries(bends).map(([key, points]) => {
              const { node, port } = splitWireKey(key);
              return [wireKey(idOf(node), port), points];
            }),
          ),
        }
      : {}),
  };
}
