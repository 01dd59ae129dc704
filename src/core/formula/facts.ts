import type { KernelBlock } from './block.ts';
import { contradictionAmong, MOST_FACTS, type Comparison, type Fact } from './contradiction.ts';
import { isRef, type Arg, type NodeId } from './formula.ts';
import type { Graph, Vertex } from './graph.ts';
import { worst, type Missing } from './interval.ts';

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

/** Of `and`, the parts that exclude one another; of `or`, those whose opposites do, so that one of them is always true. Null: there are none. */
export function clashWithin(vertex: Vertex, known: Known): { readonly core: readonly Stated[]; readonly missing: Missing } | null {
  const core = contradictionAmong(factsOf(vertex, vertex.node.block === 'and', known));
  return core && core.length > 1 ? { core, missing: missingIn(core.flatMap(({ comparisons }) => comparisons)) } : null;
}

/** Where either side of any of them may be missing. */
const missingIn = (comparisons: readonly Comparison[]): Missing => worst(comparisons.flatMap(({ left, right }) => [left.range.missing, right.range.missing]));

/** The vertex that other names stand for. */
export function behindNames(graph: Graph, arg: Arg | undefined): Vertex | undefined {
  let vertex = isRef(arg) ? graph.find(arg.from) : undefined;
  for (let x = vertex?.node.args['x']; vertex?.block?.kind === 'value' && isRef(x); x = vertex?.node.args['x']) vertex = graph.find(x.from);
  return vertex;
}

/** What is the case when a condition is true, or is not: taken apart at `and`, `or` and `not` as far as that leaves no choice. */
function factsOf(start: Vertex, holds: boolean, known: Known): Stated[] {
  const facts: Stated[] = [];
  const open: [Vertex, boolean][] = [[start, holds]];
  const push = (arg: Arg | undefined, isTrue: boolean) => {
    const vertex = behindNames(known.graph, arg);
    if (vertex) open.push([vertex, isTrue]);
  };
  for (let next = open.pop(); next && facts.length < MOST_FACTS && open.length < MOST_FACTS; next = open.pop()) {
    const [vertex, isTrue] = next;
    const { id, node } = vertex;
    if (node.block === 'not') push(node.args['x'], !isTrue);
    else if (node.block === (isTrue ? 'and' : 'or')) {
      push(node.args['b'], isTrue);
      push(node.args['a'], isTrue);
    } else {
      facts.push({ id, holds: isTrue, condition: { value: known.numberOf({ from: id }), holds: isTrue }, comparisons: comparisonsOf(vertex, isTrue, { ...known, needsProof: holds }) });
    }
  }
  return facts;
}

/** That a comparison is not true says that its opposite is, but for `na`: of `and` that has to be proven, of `or` it is told beside it. */
function comparisonsOf(vertex: Vertex, isTrue: boolean, { implied, needsProof }: Pick<Known, 'implied'> & { readonly needsProof: boolean }): readonly Comparison[] {
  const { block } = vertex;
  if (block?.kind !== 'kernel') return [];
  const comparisons = implied(vertex, block);
  if (isTrue) return comparisons;
  const [only] = comparisons;
  return block.pointwise && only && comparisons.length === 1 && (!needsProof || missingIn([only]) === 'never') ? [negated(only)] : [];
}

const NEGATIONS = { '<': '<=', '<=': '<', '==': '!=', '!=': '==' } as const;

/** What is the case when a comparison of two numbers is not. */
function negated({ left, relation, right }: Comparison): Comparison {
  const isOrder = relation === '<' || relation === '<=';
  return { left: isOrder ? right : left, relation: NEGATIONS[relation], right: isOrder ? left : right };
}
