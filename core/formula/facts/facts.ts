import type { KernelBlock } from '../model/block.ts';
import { isRef, type Arg, type NodeId } from '../model/formula.ts';
import { worst, type Missing } from '../model/interval.ts';
import { contradictionAmong, MOST_FACTS, type Comparison, type Fact } from './contradiction.ts';
import type { Graph, Vertex } from './graph.ts';

/** A fact with the condition that states it, or that denies it. */
export interface Stated extends Fact {
  readonly id: NodeId;
  readonly holds: boolean;
}

/** What is known of values when facts are gathered. */
interface Known {
  readonly graph: Graph;
  /** What is the case whenever a condition is true. */
  implied(vertex: Vertex, block: KernelBlock): readonly Comparison[];
  numberOf(arg: Arg): number;
}

/**
 * Of `and`, the parts that exclude one another; of `or`, those whose opposites do, so that one of them is always true.
 * Null: there are none.
 */
export function clashWithin(
  vertex: Vertex,
  known: Known,
): { readonly core: readonly Stated[]; readonly missing: Missing } | null {
  const isAnd = vertex.node.block === 'and';
  const parts = partsOf(vertex, isAnd, known.graph);
  if (!mayConcernTheSame(parts, known.graph)) return null;
  const core = contradictionAmong(
    parts.map(({ part, holds }): Stated => ({
      id: part.id,
      holds,
      condition: { value: known.numberOf({ from: part.id }), holds },
      comparisons: comparisonsOf(part, holds, { ...known, needsProof: isAnd }),
    })),
  );
  return core && core.length > 1 ? { core, missing: missingIn(core.flatMap(({ comparisons }) => comparisons)) } : null;
}

/**
 * Only what is said of the same value can clash, and only what one block gives can be the same: a look at the blocks
 * settles most.
 */
function mayConcernTheSame(parts: readonly Part[], graph: Graph): boolean {
  const conditions = new Map<unknown, boolean>();
  const compared = new Set<unknown>();
  for (const {
    part: { block, node },
    holds,
  } of parts) {
    if ((conditions.get(block) ?? holds) !== holds) return true;
    conditions.set(block, holds);
    const ports = block?.kind === 'kernel' ? (block.implies ?? []).flatMap(([left, , right]) => [left, right]) : [];
    const subjects = new Set(ports.flatMap((port) => behindNames(graph, node.args[port])?.block ?? []));
    for (const subject of subjects) {
      if (compared.has(subject)) return true;
      compared.add(subject);
    }
  }
  return false;
}

/** Where either side of any of them may be missing. */
const missingIn = (comparisons: readonly Comparison[]): Missing =>
  worst(comparisons.flatMap(({ left, right }) => [left.range.missing, right.range.missing]));

/** The vertex that other names stand for. */
export function behindNames(graph: Graph, arg: Arg | undefined): Vertex | undefined {
  let vertex = isRef(arg) ? graph.find(arg.from) : undefined;
  for (let x = vertex?.node.args['x']; vertex?.block?.kind === 'value' && isRef(x); x = vertex?.node.args['x'])
    vertex = graph.find(x.from);
  return vertex;
}

interface Part {
  readonly part: Vertex;
  readonly holds: boolean;
}

/**
 * What is the case when a condition is true, or is not: taken apart at `and`, `or` and `not` as far as that leaves no
 * choice.
 */
function partsOf(start: Vertex, isTrue: boolean, graph: Graph): Part[] {
  const parts: Part[] = [];
  const open: Part[] = [{ part: start, holds: isTrue }];
  const push = (arg: Arg | undefined, holds: boolean) => {
    const part = behindNames(graph, arg);
    if (part) open.push({ part, holds });
  };
  for (let next = open.pop(); next && parts.length < MOST_FACTS && open.length < MOST_FACTS; next = open.pop()) {
    const {
      part: { node },
      holds,
    } = next;
    if (node.block === 'not') push(node.args['x'], !holds);
    else if (node.block === (holds ? 'and' : 'or')) {
      push(node.args['b'], holds);
      push(node.args['a'], holds);
    } else parts.push(next);
  }
  return parts;
}

/**
 * That a comparison is not true says that its opposite is, but for `na`: of `and` that has to be proven, of `or` it is
 * told beside it.
 */
function comparisonsOf(
  vertex: Vertex,
  isTrue: boolean,
  { implied, needsProof }: Pick<Known, 'implied'> & { readonly needsProof: boolean },
): readonly Comparison[] {
  const { block } = vertex;
  if (block?.kind !== 'kernel') return [];
  const comparisons = implied(vertex, block);
  if (isTrue) return comparisons;
  const [only] = comparisons;
  return block.pointwise && only && comparisons.length === 1 && (!needsProof || missingIn([only]) === 'never')
    ? [negated(only)]
    : [];
}

const NEGATIONS = { '<': '<=', '<=': '<', '==': '!=', '!=': '==' } as const;

/** What is the case when a comparison of two numbers is not. */
function negated({ left, relation, right }: Comparison): Comparison {
  const isOrder = relation === '<' || relation === '<=';
  return { left: isOrder ? right : left, relation: NEGATIONS[relation], right: isOrder ? left : right };
}
