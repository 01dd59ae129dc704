import { isRef, EMPTY_FORMULA, type FormulaNode, type Literal } from '../model/formula.ts';
import { check } from './check.ts';

/**
 * What the checker only warns of in a formula, and nobody types into a field on purpose: an order that is never filled,
 * or closed at once.
 */
const NEVER: ReadonlySet<string> = new Set(['never-filled', 'never-kept', 'never-reached']);

/** In place of whatever is wired to the other ports: something that moves. */
const MOVING = { from: 'moving' };

/**
 * Whether the checker would accept a literal on a port of a node, whatever is wired to the node's other ports. Null
 * when it would, else why not, in words. Takes the time of a check of two nodes: below a tenth of a millisecond.
 */
export function whyNotLiteral(node: FormulaNode, port: string, literal: Literal): string | null {
  const others = Object.entries(node.args).map(([name, arg]) => [name, isRef(arg) ? MOVING : arg] as const);
  const asked: FormulaNode = {
    block: node.block,
    // An input without a name is another problem.
    ...(node.block === 'input' ? { name: node.name ?? 'asked' } : {}),
    args: { ...Object.fromEntries(others), [port]: literal },
  };
  const { diagnostics } = check({ ...EMPTY_FORMULA, nodes: { moving: { block: 'close', args: {} }, asked } });
  const problem = diagnostics.find(
    (found) => found.nodeId === 'asked' && found.port === port && (found.severity === 'error' || NEVER.has(found.code)),
  );
  return problem?.message ?? null;
}
