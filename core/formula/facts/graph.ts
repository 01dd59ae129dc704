import { findBlock } from '../blocks/catalogue.ts';
import type { Block } from '../model/block.ts';
import { isRef, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';

/** A node with its block and what it is wired to, looked up once for all that walk the formula. */
export interface Vertex {
  readonly id: NodeId;
  /** Its place among the vertices. */
  readonly index: number;
  readonly node: FormulaNode;
  readonly block: Block | undefined;
  /**
   * The nodes that it is wired to, one a wire, in the order of its arguments; those that are not there are left out.
   */
  readonly sources: readonly Vertex[];
  /** How many wires leave it. */
  readonly uses: number;
}

export interface Graph {
  /** In the order of the formula. */
  readonly vertices: readonly Vertex[];
  /** Each node behind the nodes that it is wired to. Nodes in a circle, or wired to a circle, are left out. */
  readonly sorted: readonly Vertex[];
  find(id: NodeId): Vertex | undefined;
}

interface Draft extends Vertex {
  sources: Draft[];
  uses: number;
  users: Draft[];
  waitsFor: number;
}

const NONE: Draft[] = [];

export function graphOf({ nodes }: Pick<Formula, 'nodes'>): Graph {
  const byId = new Map<NodeId, Draft>();
  const vertices: Draft[] = [];
  for (const id of Object.keys(nodes)) {
    const node = nodes[id];
    if (!node) continue;
    const vertex: Draft = {
      id,
      index: vertices.length,
      node,
      block: findBlock(node.block),
      sources: NONE,
      uses: 0,
      users: NONE,
      waitsFor: 0,
    };
    byId.set(id, vertex);
    vertices.push(vertex);
  }
  for (const vertex of vertices) {
    for (const port in vertex.node.args) {
      const arg = vertex.node.args[port];
      const source = isRef(arg) ? byId.get(arg.from) : undefined;
      if (source) wire(source, vertex);
    }
  }
  return { vertices, sorted: sort(vertices), find: (id) => byId.get(id) };
}

function wire(source: Draft, user: Draft): void {
  if (user.sources === NONE) user.sources = [source];
  else user.sources.push(source);
  if (source.users === NONE) source.users = [user];
  else source.users.push(user);
  user.waitsFor += 1;
  source.uses += 1;
}

function sort(vertices: readonly Draft[]): Vertex[] {
  const ready = vertices.filter(({ waitsFor }) => waitsFor === 0);
  for (const vertex of ready) {
    for (const user of vertex.users) {
      user.waitsFor -= 1;
      if (user.waitsFor === 0) ready.push(user);
    }
  }
  return ready;
}

/**
 * The circles among the nodes that could not be sorted, no two of which share a node; each node is wired to the one
 * behind it.
 */
export function circlesOf({ vertices, sorted }: Graph): Vertex[][] {
  if (sorted.length === vertices.length) return [];
  const done = new Set(sorted);
  const left = new Set(vertices.filter((vertex) => !done.has(vertex)));
  const isStuck = new Set(left);
  const circles: Vertex[][] = [];
  for (const start of isStuck) {
    const path: Vertex[] = [];
    const place = new Map<Vertex, number>();
    let at: Vertex | undefined = start;
    // Every stuck node has a stuck source: going up from it ends in a circle, or where another walk has been.
    while (at && left.has(at) && !place.has(at)) {
      place.set(at, path.length);
      path.push(at);
      at = at.sources.find((source) => isStuck.has(source));
    }
    const begin = at && place.get(at);
    if (begin !== undefined) circles.push(path.slice(begin));
    for (const vertex of path) left.delete(vertex);
  }
  return circles;
}
