import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { printLiteral } from '#core/formula/language/literal.ts';
import { createNodePrinter } from '#core/formula/language/print.ts';
import { isAction, statementsOf } from '#core/formula/language/statements.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';

/** One of two formulas that are compared, as its code has it. */
export interface Side {
  readonly formula: Formula;
  /** Nodes that are written as statements, in the order of the code. */
  readonly statements: readonly NodeId[];
  isStatement(id: NodeId): boolean;
  node(id: NodeId): FormulaNode | undefined;
  /** What a statement is called: its name; of an action what it does, with its number where there are several. */
  labelOf(id: NodeId): string;
  /** A node without its name. */
  says(id: NodeId): string;
  /** The whole of a statement, on one line. */
  write(id: NodeId): string;
  textOf(arg: Arg, port?: { readonly block: string; readonly name: string }): string;
}

export function sideOf(formula: Formula): Side {
  const { all: order, names, bodies } = statementsOf(formula);
  const statements = new Set(order);
  const says = createNodePrinter(formula, { names, bodies });
  const labels = new Map<NodeId, string>([...names, ...actionLabels(formula, order)]);
  for (const [id, body] of bodies)
    for (const part of body) labels.set(part, `${names.get(id) ?? ''}.${names.get(part) ?? 'return'}`);
  const labelOf = (id: NodeId): string => labels.get(id) ?? nodeOf(formula, id)?.block ?? id;
  return {
    formula,
    statements: order,
    isStatement: (id) => statements.has(id),
    node: (id) => nodeOf(formula, id),
    labelOf,
    says,
    write: (id) => {
      const { block } = nodeOf(formula, id) ?? {};
      const name = block === 'result' ? undefined : names.get(id);
      if (name === undefined) return says(id);
      if (block === 'fn') return `fn ${name}${says(id).slice('fn'.length)}`;
      return `${block === 'input' ? 'input ' : ''}${name} = ${says(id)}`;
    },
    textOf: (arg, port) => {
      if (!isRef(arg))
        return printLiteral(
          arg,
          port !== undefined && findBlock(port.block)?.inputs.find(({ name }) => name === port.name)?.type === 'string',
        );
      const dot = arg.output === undefined ? '' : `.${arg.output}`;
      return (statements.has(arg.from) ? labelOf(arg.from) : says(arg.from)) + dot;
    },
  };
}

function actionLabels(formula: Formula, order: readonly NodeId[]): [NodeId, string][] {
  const actions = order.flatMap((id) => {
    const node = nodeOf(formula, id);
    return node && isAction(node) ? [{ id, block: node.block }] : [];
  });
  const counts = new Map<string, number>();
  return actions.map(({ id, block }) => {
    const number = (counts.get(block) ?? 0) + 1;
    counts.set(block, number);
    const isOnly = actions.filter((other) => other.block === block).length === 1;
    return [id, isOnly ? block : `${block} #${number}`];
  });
}
