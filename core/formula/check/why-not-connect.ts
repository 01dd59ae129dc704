import { analyse } from '../facts/analyse.ts';
import { dataflowOrder } from '../facts/dataflow-order.ts';
import { expand } from '../functions/expand.ts';
import { isFunctionBlock, mayLeadTo } from '../language/functions.ts';
import { nodeOf, type Formula, type NodeId, type Ref } from '../model/formula.ts';
import { checkArguments } from './check-arguments.ts';

const CIRCLE = 'The wire would close a circle: a value can not depend on itself.';

/**
 * Whether an argument would be accepted by a port: what the canvas asks before it connects. Null when it would, else
 * why not.
 */
export function whyNotConnect(formula: Formula, wire: Ref, to: NodeId, port: string): string | null {
  const node = nodeOf(formula, to);
  if (!node) return 'The node is gone.';
  const next: Formula = {
    ...formula,
    nodes: { ...formula.nodes, [to]: { ...node, args: { ...node.args, [port]: wire } } },
  };
  const { formula: plain, origins } = expand(next);
  const isInFunction = plain !== next;
  if (isInFunction && dataflowOrder(next).stuck.includes(to)) return CIRCLE;
  const source = nodeOf(formula, wire.from);
  if (isInFunction && source && !mayLeadTo(formula, source, node))
    return 'The wire would lead into a function, or out of one: give the value where the function is called.';
  const analysis = analyse(plain);
  // A node of a function is looked at in the first of its calls.
  const copy = isInFunction ? [...origins].find(([, origin]) => origin.id === to)?.[0] : undefined;
  const vertex = analysis.graph.find(copy ?? to);
  if (isInFunction && (!vertex || isFunctionBlock(node.block))) return null;
  if (!vertex || !analysis.graph.sorted.includes(vertex)) return CIRCLE;
  for (const { message, port: about } of checkArguments(analysis, vertex)) if (about === port) return message;
  return null;
}
