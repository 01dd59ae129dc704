import { createNodePrinter } from '../language/print.ts';
import { statementsOf } from '../language/statements.ts';
import { isRef, nodeOf, type Formula, type Literal, type NodeId } from '../model/formula.ts';
import type { Call, Expansion } from './expand.ts';

/**
 * The calls of a function as they are carried out, in the order of the code: one that stands in another, once in each.
 */
export function callsOf({ origins }: Pick<Expansion, 'origins'>, fn: NodeId): readonly Call[] {
  const calls = new Map<NodeId, Call>();
  for (const { call } of origins.values())
    for (let at = call; at; at = at.within) if (at.callee === fn && !calls.has(at.id)) calls.set(at.id, at);
  return [...calls.values()];
}

/** What people call a call: the name of its statement or its code, and, within functions, the calls around it first. */
export function nameOfCall(formula: Formula, call: Call): string {
  const { names } = statementsOf(formula);
  const print = createNodePrinter(formula);
  const parts: string[] = [];
  for (let at: Call | undefined = call; at; at = at.within) {
    const name = nodeOf(formula, at.at)?.name === undefined ? undefined : names.get(at.at);
    parts.unshift(name ?? print(at.at));
  }
  return parts.join(' › ');
}

/** Where the value of a node of a function is found in one call: a node of the expanded formula, or what is written. */
export type Found = { readonly node: NodeId; readonly output?: string | undefined } | { readonly literal: Literal };

/** The nodes of the function of a call, with where their values are found in that call. */
export function nodesInCall(formula: Formula, expansion: Expansion, call: NodeId): ReadonlyMap<NodeId, Found> {
  const found = new Map<NodeId, Found>();
  let callee: NodeId | undefined;
  for (const [copy, origin] of expansion.origins) {
    if (origin.call?.id !== call) continue;
    callee = origin.call.callee;
    if (nodeOf(formula, origin.id)?.block !== 'result') found.set(origin.id, { node: copy });
  }
  for (const [id, { block, args }] of Object.entries(formula.nodes)) {
    const scope = args['in'];
    if (block !== 'param' || !isRef(scope) || scope.from !== callee) continue;
    const arg = expansion.given(call, id);
    if (arg === undefined) continue;
    found.set(id, isRef(arg) ? { node: arg.from, output: arg.output } : { literal: arg });
  }
  return found;
}
