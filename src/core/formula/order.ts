import { nodeOf, type Formula, type NodeId } from './formula.ts';
import { sourcesOf } from './statements.ts';

/** The nodes such that each stands behind those that it is wired to; nodes in a circle, or wired to one, are left out. */
export function dataflowOrder(formula: Formula): { readonly order: readonly NodeId[]; readonly stuck: readonly NodeId[] } {
  const users = new Map<NodeId, NodeId[]>();
  const waitsFor = new Map<NodeId, number>();
  const ready: NodeId[] = [];
  for (const [id, node] of Object.entries(formula.nodes)) {
    let waits = 0;
    for (const from of sourcesOf(node)) {
      if (!nodeOf(formula, from)) continue;
      waits += 1;
      const known = users.get(from);
      if (known) known.push(id);
      else users.set(from, [id]);
    }
    waitsFor.set(id, waits);
    if (waits === 0) ready.push(id);
  }
  for (let at = 0; at < ready.length; at += 1) {
    for (const user of users.get(ready[at] ?? '') ?? []) {
      const left = (waitsFor.get(user) ?? 0) - 1;
      waitsFor.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  if (ready.length === waitsFor.size) return { order: ready, stuck: [] };
  const placed = new Set(ready);
  return { order: ready, stuck: Object.keys(formula.nodes).filter((id) => !placed.has(id)) };
}

/** The circles among the stuck nodes, no two of which share a node; each node is wired to the one behind it. */
export function circlesAmong(formula: Formula, stuck: readonly NodeId[]): NodeId[][] {
  const isStuck = new Set(stuck);
  const left = new Set(stuck);
  const circles: NodeId[][] = [];
  for (const start of stuck) {
    const path: NodeId[] = [];
    const place = new Map<NodeId, number>();
    let at: NodeId | undefined = start;
    // Every stuck node has a stuck source: going up from it ends in a circle, or where another walk has been.
    while (at !== undefined && left.has(at) && !place.has(at)) {
      place.set(at, path.length);
      path.push(at);
      const node: Formula['nodes'][string] | undefined = nodeOf(formula, at);
      at = node && sourcesOf(node).find((from) => isStuck.has(from));
    }
    const begin = at === undefined ? undefined : place.get(at);
    if (begin !== undefined) circles.push(path.slice(begin));
    for (const id of path) left.delete(id);
  }
  return circles;
}
