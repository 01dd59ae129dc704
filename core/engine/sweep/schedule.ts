import type { ColumnGraph, ColumnNode } from './column-graph.ts';
import type { Inputs } from './space.ts';

/** Columns to compute by the plan of a candidate, and the slot that each goes to. */
export interface Load {
  readonly candidate: number;
  readonly columns: readonly SlottedColumn[];
}

export interface SlottedColumn {
  readonly key: string;
  readonly slot: number;
}

/** Candidates that are run while the same columns stand in the slots. */
export interface Tile {
  readonly candidates: readonly number[];
  /** One wave after the other; the loads of a wave need only what stands there before it. */
  readonly waves: readonly (readonly Load[])[];
  /** What stands in the slots behind them. */
  readonly columns: readonly SlottedColumn[];
}

/** A step that runs piece by piece is cheaper than the memory that its column takes, unless it is the end of many. */
const LONG_CHAIN = 3;

/**
 * How to run many plans over the same bars: columns that several need are computed once and stand in one of `slots`
 * while those plans run. The candidates are halved along an input until the columns of each part fit, so that memory is
 * bounded however many there are.
 */
export function schedule(graph: ColumnGraph, inputs: readonly Inputs[], slots: number): Tile[] {
  const sharing = chooseShared(graph, slots);
  const tiles: Tile[] = [];
  const shelf = new Shelf(slots);
  const visit = (candidates: readonly number[]): void => {
    const halves = sharing.needs(candidates).size > slots ? halve(candidates, inputs, sharing) : null;
    if (halves) halves.forEach(visit);
    else tiles.push(shelf.tile(candidates, sharing));
  };
  if (graph.candidates.length > 0) visit(graph.candidates);
  return tiles;
}

/** Which columns are shared, and what follows for each candidate. */
class Sharing {
  readonly #graph: ColumnGraph;
  readonly #shared: ReadonlySet<ColumnNode>;
  /** Shared columns that simulations read, or several shared columns. */
  readonly #kept: ReadonlySet<ColumnNode>;
  readonly #frontiers = new Map<number, readonly ColumnNode[]>();

  constructor(graph: ColumnGraph, shared: ReadonlySet<ColumnNode>) {
    this.#graph = graph;
    this.#shared = shared;
    const kept = new Set<ColumnNode>();
    for (const candidate of graph.candidates) {
      const frontier = nearest(graph.rootsOf(candidate), shared);
      this.#frontiers.set(candidate, frontier);
      for (const node of frontier) kept.add(node);
    }
    for (const node of shared) if (node.readers > 1) kept.add(node);
    this.#kept = kept;
  }

  /** Shared columns that a candidate's simulation reads, be it through steps of its own. */
  frontierOf(candidates: readonly number[]): Set<ColumnNode> {
    return new Set(candidates.flatMap((candidate) => this.#frontiers.get(candidate) ?? []));
  }

  /** The kept columns that a column is made of. */
  madeOf(node: ColumnNode): readonly ColumnNode[] {
    return nearest(node.operands, this.#kept);
  }

  /** All kept columns that candidates need, those among them that only others are made of. */
  needs(candidates: readonly number[]): Set<ColumnNode> {
    const needed = this.frontierOf(candidates);
    for (const node of needed) for (const source of this.madeOf(node)) needed.add(source);
    return needed;
  }

  get largestNeed(): number {
    return this.#graph.candidates.reduce((most, candidate) => Math.max(most, this.needs([candidate]).size), 0);
  }
}

/** Columns that several plans have, as far as those of any one plan find room. */
function chooseShared(graph: ColumnGraph, slots: number): Sharing {
  const plans = graph.candidates.length;
  const isWorthIt = (node: ColumnNode): boolean =>
    node.isOwn && (node.isPiecewise ? node.plans === plans && node.chain >= LONG_CHAIN : node.plans > 1);
  let shared = plans > 1 ? [...graph.nodes].filter(isWorthIt).sort((a, b) => b.plans - a.plans) : [];
  let sharing = new Sharing(graph, new Set(shared));
  while (sharing.largestNeed > slots) {
    shared = shared.slice(0, shared.length >> 1);
    sharing = new Sharing(graph, new Set(shared));
  }
  return sharing;
}

/** The members of `among` that are reached from `nodes` through nodes that are not. */
function nearest(nodes: readonly ColumnNode[], among: ReadonlySet<ColumnNode>): ColumnNode[] {
  const seen = new Set(nodes);
  for (const node of seen) if (!among.has(node)) for (const operand of node.operands) seen.add(operand);
  return [...seen].filter((node) => among.has(node));
}

/**
 * Two parts by the values of one input, of the one that leaves the parts the fewest columns; null where all values are
 * the same.
 */
function halve(
  candidates: readonly number[],
  inputs: readonly Inputs[],
  sharing: Sharing,
): (readonly number[])[] | null {
  const axes = Object.keys(inputs[candidates[0] ?? 0] ?? {});
  const parts = axes.flatMap((axis) => {
    const valueOf = (candidate: number) => inputs[candidate]?.[axis];
    const values = [...new Set(candidates.map(valueOf))];
    if (values.length < 2) return [];
    const first = new Set(values.slice(0, values.length >> 1));
    const halves = [
      candidates.filter((candidate) => first.has(valueOf(candidate))),
      candidates.filter((candidate) => !first.has(valueOf(candidate))),
    ];
    return [
      { halves, columns: halves.reduce((sum, half) => sum + sharing.needs(half).size, 0), values: values.length },
    ];
  });
  parts.sort((a, b) => a.columns - b.columns || b.values - a.values);
  return parts[0]?.halves ?? null;
}

/** What stands in which slot, from tile to tile. */
class Shelf {
  /** The least recently used first. */
  readonly #slots = new Map<ColumnNode, number>();
  readonly #free: number[];

  constructor(slots: number) {
    this.#free = Array.from({ length: slots }, (_, slot) => slots - 1 - slot);
  }

  tile(candidates: readonly number[], sharing: Sharing): Tile {
    const frontier = sharing.frontierOf(candidates);
    const missing = new Map<ColumnNode, number>();
    const need = (node: ColumnNode): number => {
      if (this.#slots.has(node)) return 0;
      const known = missing.get(node);
      if (known !== undefined) return known;
      const wave = 1 + sharing.madeOf(node).reduce((latest, source) => Math.max(latest, need(source)), 0);
      missing.set(node, wave);
      return wave;
    };
    frontier.forEach(need);
    const wanted = new Set([
      ...frontier,
      ...missing.keys(),
      ...[...missing.keys()].flatMap((node) => sharing.madeOf(node)),
    ]);
    for (const node of wanted) this.#touch(node);
    for (const node of missing.keys()) this.#put(node, wanted);
    const waves: Load[][] = [];
    for (const [node, wave] of missing) this.#addLoad((waves[wave - 1] ??= []), node);
    return { candidates, waves, columns: [...wanted].map((node) => this.#slotted(node)) };
  }

  #touch(node: ColumnNode): void {
    const slot = this.#slots.get(node);
    if (slot === undefined) return;
    this.#slots.delete(node);
    this.#slots.set(node, slot);
  }

  #put(node: ColumnNode, wanted: ReadonlySet<ColumnNode>): void {
    let slot = this.#free.pop();
    for (const [other, place] of this.#slots) {
      if (slot !== undefined) break;
      if (wanted.has(other)) continue;
      this.#slots.delete(other);
      slot = place;
    }
    if (slot === undefined) throw new Error('a tile has no more columns than there are slots');
    this.#slots.set(node, slot);
  }

  #slotted(node: ColumnNode): SlottedColumn {
    return { key: node.key, slot: this.#slots.get(node) ?? -1 };
  }

  /** Columns of one plan are computed together: they may have steps in common. */
  #addLoad(loads: Load[], node: ColumnNode): void {
    const index = loads.findIndex(({ candidate }) => candidate === node.candidate);
    const load = loads[index];
    if (load) loads[index] = { ...load, columns: [...load.columns, this.#slotted(node)] };
    else loads.push({ candidate: node.candidate, columns: [this.#slotted(node)] });
  }
}
