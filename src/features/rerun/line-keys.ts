import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { scopeOf } from '#core/formula/language/functions.ts';
import { createNodePrinter } from '#core/formula/language/print.ts';
import { isAction } from '#core/formula/language/statements.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';

/**
 * What a line is called by: the name of its node, or the expression of one without a name. The same in all formulas of
 * the same code, whose nodes have other ids.
 */
export function lineKeyOf(formula: Formula, id: NodeId): string | null {
  const node = nodeOf(formula, id);
  const hasValues = node?.block === 'call' || (findBlock(node?.block ?? '')?.outputs.length ?? 0) > 0;
  if (!node || !hasValues || isAction(node) || scopeOf(formula, node) !== undefined) return null;
  return node.name ?? createNodePrinter(formula)(id);
}

/** The nodes of these lines, in the order of the formula. */
export function nodesOfLines(formula: Formula, keys: readonly string[]): NodeId[] {
  if (keys.length === 0) return [];
  const wanted = new Set(keys);
  const found = new Set<string>();
  return Object.keys(formula.nodes).filter((id) => {
    const key = lineKeyOf(formula, id);
    if (key === null || !wanted.has(key) || found.has(key)) return false;
    found.add(key);
    return true;
  });
}
