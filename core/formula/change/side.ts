import { isBareName } from '../blocks/catalogue.ts';
import { scopeOf } from '../language/functions.ts';
import { createNodePrinter } from '../language/print.ts';
import { statementsOf } from '../language/statements.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';

/** A side of the comparison. */
export interface Side {
  readonly formula: Formula;
  readonly statements: readonly NodeId[];
  readonly names: ReadonlyMap<NodeId, string>;
  readonly isStatement: ReadonlySet<NodeId>;
  /** Which function a node is part of; empty outside of all. */
  readonly within: (id: NodeId) => string;
  readonly says: (id: NodeId) => string;
}

/** By what nodes are paired. */
export type Key = (id: NodeId) => string | undefined;

export function sideOf(formula: Formula, nameOf: (id: NodeId) => string): Side {
  const { all, names, bodies } = statementsOf(formula);
  const within = (id: NodeId): string => {
    const node = nodeOf(formula, id);
    const scope = node && scopeOf(formula, node);
    return scope === undefined ? '' : `${nameOf(scope)} `;
  };
  const [print, printOwn] = [
    createNodePrinter(formula, { names, bodies, nameOf }),
    createNodePrinter(formula, { names, bodies }),
  ];
  return {
    formula,
    statements: all,
    names,
    isStatement: new Set(all),
    within,
    says: (id) => {
      const block = nodeOf(formula, id)?.block;
      // The parts of a function are not known yet when it is looked for: they have the names that the code gives them.
      if (block === 'fn') return printOwn(id);
      // `input x = 20` and `x = 20` are written the same behind the name, and are not the same.
      return within(id) + (block === 'input' ? 'input ' : '') + print(id);
    },
  };
}

const isFunction = ({ formula }: Side, id: NodeId): boolean => nodeOf(formula, id)?.block === 'fn';

export const functionsIn = (side: Side): NodeId[] => side.statements.filter((id) => isFunction(side, id));

export const named = (side: Side): NodeId[] =>
  side.statements.filter((id) => side.names.has(id) && !isFunction(side, id));

/** The name of a statement, with the function that the statement is part of. */
export function nameIn({ formula, names, within }: Side, id: NodeId): string | undefined {
  const name = names.get(id);
  const block = nodeOf(formula, id)?.block;
  return name === undefined
    ? undefined
    : `${within(id)}${block === 'param' || block === 'result' ? block : ''} ${name}`;
}

const isPrice = (node: FormulaNode): boolean => node.name === undefined && isBareName(node.block);

/** Whether a node is written where it is used, and nowhere else. */
export function isInside({ formula, isStatement }: Side, id: NodeId): boolean {
  const node = nodeOf(formula, id);
  return node !== undefined && !isStatement.has(id) && !isPrice(node);
}

/** The nodes written inside a statement. */
export function inside(side: Side, root: NodeId): NodeId[] {
  const found: NodeId[] = [];
  const open = [root];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const sources = Object.values(nodeOf(side.formula, id)?.args ?? {}).flatMap((arg) =>
      isRef(arg) && isInside(side, arg.from) ? [arg.from] : [],
    );
    found.push(...sources);
    open.push(...sources);
  }
  return found;
}

export const pricesOf = ({ nodes }: Formula): NodeId[] =>
  Object.entries(nodes).flatMap(([id, node]) => (isPrice(node) ? [id] : []));

export const blockIn =
  ({ formula, within }: Side): Key =>
  (id) => {
    const block = nodeOf(formula, id)?.block;
    return block === undefined ? undefined : within(id) + block;
  };

export const blockOf =
  (formula: Formula): Key =>
  (id) =>
    nodeOf(formula, id)?.block;
