import type { NodeId } from '../model/formula.ts';

/**
 * Why a value is what it is at a bar, as a tree: each part is a reason for what stands above it.
 *
 * `all`: the parts together make the condition what it is, and without one of them it could be otherwise. `any`: each
 * part is enough by itself. `alone`: the condition, or number, says itself what is the case; its parts are the values
 * that it looks at.
 */
export interface Reason {
  /** The node as it is written, which may stand in a function. */
  readonly node: NodeId;
  /** The calls in which the node stands, as they are written, the outermost first. */
  readonly calls: readonly NodeId[];
  /** Nodes as they are written that pass on what this one gives: names, brackets of `and` and `or`. */
  readonly through: readonly NodeId[];
  readonly bar: number;
  /** A condition is true when this is 1. NaN is `na`. */
  readonly value: number;
  readonly kind: 'condition' | 'number';
  readonly needs: 'all' | 'any' | 'alone';
  /** One sentence without its parts. */
  readonly text: string;
  /** Empty, too, of what is explained elsewhere in the same tree. */
  readonly parts: readonly Reason[];
}

/** How a node on the path to a decision is lit. */
export type Light = 'true' | 'false' | 'value';

/** All reasons of a tree, each before its parts. */
export function reasonsIn(root: Reason): readonly Reason[] {
  const found: Reason[] = [root];
  for (const reason of found) found.push(...reason.parts);
  return found;
}

/** The nodes of the path, as they are written; where a node is true at one bar and false at another, as it is first. */
export function lightsOf(root: Reason): ReadonlyMap<NodeId, Light> {
  const lights = new Map<NodeId, Light>();
  for (const { node, calls, through, kind, value } of reasonsIn(root)) {
    const light: Light = kind === 'number' ? 'value' : value === 1 ? 'true' : 'false';
    for (const id of [node, ...calls, ...through]) if (!lights.has(id)) lights.set(id, light);
  }
  return lights;
}

/** The facts on which the tree stands, in words, without what is said twice: at most `most` of them. */
export function summaryOf(root: Reason, most = 3): string {
  const facts = [...new Set(factsOf(root))];
  const shown = facts.slice(0, most);
  const rest = facts.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
}

function factsOf(root: Reason): string[] {
  const facts: string[] = [];
  const left: Reason[] = [root];
  for (let reason = left.pop(); reason; reason = left.pop()) {
    const conditions = reason.needs === 'alone' ? [] : reason.parts.filter(({ kind }) => kind === 'condition');
    if (conditions.length === 0) facts.push(reason.text);
    else left.push(...conditions.toReversed());
  }
  return facts;
}
