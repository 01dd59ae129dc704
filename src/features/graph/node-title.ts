import { createNodePrinter } from '#core/formula/language/print.ts';
import { nodeOf, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { symbolOf } from '#core/formula/reference/symbol-of.ts';
import { isOperator } from './node-shape.ts';
import { blockOf, writtenOf } from './scope-view.ts';

export interface NodeTitle {
  readonly name: string;
  /** What stands small beside the name; empty where the name says all. */
  readonly detail: string;
}

/**
 * What people call the nodes of a formula: the names that they gave; else an operator by what it compares or computes,
 * another block by its title.
 */
export function titlesOf(formula: Formula): (id: NodeId, node: FormulaNode) => NodeTitle {
  // Most formulas are drawn without one of their operators in sight having changed: the printer is made when the first
  // is asked for.
  let expressionOf: ((id: NodeId) => string) | undefined;
  return (id, node) => {
    const block = blockOf(node);
    if (!block) return { name: node.name ?? node.block, detail: '' };
    const expression = isOperator(block) ? (expressionOf ??= createNodePrinter(writtenOf(formula)))(id) : '';
    const isWritten = expression !== '' && nodeOf(formula, id) === node && isWhole(expression);
    if (node.name === undefined) return { name: isWritten ? expression : block.title, detail: '' };
    return { name: node.name, detail: block.kind === 'input' ? '' : isWritten ? expression : symbolOf(block) };
  };
}

/** Whether nothing is missing on either side. */
const isWhole = (expression: string): boolean => !/(^|[\s(])_([\s),]|$)/.test(expression);
