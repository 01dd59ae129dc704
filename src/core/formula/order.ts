import type { Formula, NodeId } from './formula.ts';
import { sourcesOf } from './statements.ts';

/** The nodes such that each stands behind those that it is wired to; nodes in a circle, or wired to one, are left out. */
export function dataflowOrder(formula: Formula): { readonly order: readonly NodeId[]; readonly stuck: readonly NodeId[] } {
  const users = new Map<NodeId, NodeId[]>();
  const waitsFor = new Map<NodeId, number>();
  const ready: NodeId[] = [];
  for (const [id, node] of Object.entries(formula.nodes)) {
    const sources = sourcesOf(node).filter((from) => from in formula.nodes);
    waitsFor.set(id, sources.length);
    if (sources.length === 0) ready.push(id);
    for (const from of sources) {
      const known = users.get(from);
      if (known) known.push(id);
      else users.set(from, [id]);
    }
  }
  for (let at = 0; at < ready.length; at += 1) {
    for (const user of users.get(ready[at] ?? '') ?? []) {
      const left = (waitsFor.get(user) ?? 0) - 1;
      waitsFor.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  const placed = new Set(ready);
  return { order: ready, stuck: Object.keys(formula.nodes).filter((id) => !placed.has(id)) };
}

/** Those of the stuck nodes that are in a circle themselves. */
export function circlesAmong(formula: Formula, stuck: readonly NodeId[]): NodeId[][] {
  const left = new Set(stuck);
  const circles: NodeId[][] = [];
  for (const start of stuck) {
    const path: NodeId[] = [];
    let at: NodeId | undefined = start;
    // Every stuck node has a stuck source: going up from it ends in a circle.
    while (at !== undefined && left.has(at) && !path.includes(at)) {
      path.push(at);
      const node: Formula['nodes'][string] | undefined = formula.nodes[at];
      at = node && sourcesOf(node).find((from) => stuck.includes(from));
    }
    if (at !== undefined && path.includes(at)) circles.push(path.slice(path.indexOf(at)));
    for (const id of path) left.delete(id);
  }
  return circles;
}
