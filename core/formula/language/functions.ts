import { isBareName } from '../blocks/catalogue.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';

/**
 * A function is a statement of its own (`fn`). What it is made of says so by a wire of the argument `in`: its
 * parameters (`param`, with a `default`), its results (`result`, with the value `x`) and the nodes between. A `call` is
 * wired to its function by the argument `fn`, and has an argument for each parameter. Prices and inputs of the strategy
 * are the same within a function as outside of it.
 */
export const FUNCTION_BLOCKS = ['fn', 'param', 'result', 'call'] as const;

export type FunctionBlock = (typeof FUNCTION_BLOCKS)[number];

export const isFunctionBlock = (block: string): block is FunctionBlock =>
  block === 'fn' || block === 'param' || block === 'result' || block === 'call';

/** The arguments of each beside `in`; a call has those of its function, too. */
export const FUNCTION_PORTS: Readonly<Record<FunctionBlock, readonly string[]>> = {
  fn: [],
  param: ['default'],
  result: ['x'],
  call: ['fn'],
};

/** The argument by which a node is wired to the function that it is part of. */
export const SCOPE = 'in';
/** The argument by which a call is wired to what it calls. */
export const CALLEE = 'fn';
/** What a result is called that has no name. */
export const ONLY_RESULT = 'value';

/** A function of a formula, with its parts in the order of the code. */
export interface FunctionParts {
  readonly id: NodeId;
  readonly params: readonly NodeId[];
  readonly results: readonly NodeId[];
  /** All that is in it, its parameters and results included. */
  readonly all: readonly NodeId[];
}

/** The function that a node is part of. */
export function scopeOf(formula: Pick<Formula, 'nodes'>, { args }: FormulaNode): NodeId | undefined {
  const arg = args[SCOPE];
  return isRef(arg) && nodeOf(formula, arg.from)?.block === 'fn' ? arg.from : undefined;
}

/** The function that a call calls. */
export function calleeOf(formula: Pick<Formula, 'nodes'>, { block, args }: FormulaNode): NodeId | undefined {
  const arg = block === 'call' ? args[CALLEE] : undefined;
  return isRef(arg) && nodeOf(formula, arg.from)?.block === 'fn' ? arg.from : undefined;
}

const known = new WeakMap<Formula['nodes'], ReadonlyMap<NodeId, FunctionParts>>();
const NONE: ReadonlyMap<NodeId, FunctionParts> = new Map();

/** The functions of a formula, in the order of the code. */
export function functionsOf(formula: Pick<Formula, 'nodes'>): ReadonlyMap<NodeId, FunctionParts> {
  const found = known.get(formula.nodes);
  if (found) return found;
  const drafts = new Map<NodeId, { id: NodeId; params: NodeId[]; results: NodeId[]; all: NodeId[] }>();
  for (const id in formula.nodes)
    if (nodeOf(formula, id)?.block === 'fn') drafts.set(id, { id, params: [], results: [], all: [] });
  if (drafts.size > 0)
    for (const id in formula.nodes) {
      const node = nodeOf(formula, id);
      const draft = node && drafts.get(scopeOf(formula, node) ?? '');
      if (!node || !draft || node.block === 'fn') continue;
      draft.all.push(id);
      if (node.block === 'param') draft.params.push(id);
      if (node.block === 'result') draft.results.push(id);
    }
  const functions = drafts.size > 0 ? drafts : NONE;
  known.set(formula.nodes, functions);
  return functions;
}

/** What an output of a function is called, as `x = f(…).upper` says it. */
export const resultName = ({ name }: FormulaNode): string => name ?? ONLY_RESULT;

/**
 * Whether a node is the same within functions as outside: inputs are, and prices that code writes where they are used.
 * One with a name, a comment or a mute is a statement, which stands where it stands.
 */
export const isShared = ({ block, name, comment, muted }: FormulaNode): boolean =>
  block === 'input' || (isBareName(block) && name === undefined && comment === undefined && muted !== true);

/** Whether a wire may lead from one node to another: within a function, or outside of all, and from what is shared. */
export const mayLeadTo = (formula: Pick<Formula, 'nodes'>, source: FormulaNode, to: FormulaNode): boolean =>
  isShared(source) || scopeOf(formula, source) === scopeOf(formula, to);
