import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';
import type { Part } from './node-parts.ts';
import { infixOf, leftPower, NEGATE_POWER, type Operator } from './syntax.ts';

interface Infix {
  readonly node: FormulaNode;
  readonly operator: Operator;
}

interface Operands {
  readonly formula: Formula;
  /** Whether a node stands as a statement of its own, and is written by its name. */
  readonly isNamed: (id: NodeId) => boolean;
  /** Whether the operands of such an operator belong to the list; if not, its value is one operand. */
  readonly belongs: (operator: Operator) => boolean;
}

/** The operands of operators that stand beside one another without brackets, as far to the left as `belongs` says. */
export function operandsOf({ formula, isNamed, belongs }: Operands, outermost: Infix): readonly Part[] {
  const outer = [outermost];
  let inner = flatLeft(outermost);
  while (inner && belongs(inner.operator)) {
    outer.push(inner);
    inner = flatLeft(inner);
  }
  const innermost = outer.at(-1) ?? outermost;
  const parts: Part[] = [{ node: innermost.node, port: 'a', power: leftPower(innermost.operator), lead: '' }];
  for (const { node, operator } of outer.reverse()) {
    // Only `^` groups to the right.
    const power = operator.block === 'pow' ? NEGATE_POWER : operator.power + 1;
    parts.push({ node, port: 'b', power, lead: `${operator.symbol} ` });
  }
  return parts;

  /** The left side, where it is an operator written there without brackets. */
  function flatLeft({ node, operator }: Infix): Infix | null {
    const left = node.args['a'];
    const source = isRef(left) && !isNamed(left.from) ? nodeOf(formula, left.from) : undefined;
    const found = source && infixOf(source.block);
    return source && found && found.power >= leftPower(operator) ? { node: source, operator: found } : null;
  }
}
