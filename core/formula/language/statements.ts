import { findBlock, isBareName } from '../blocks/catalogue.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';
import { FreeNames } from './free-names.ts';
import { functionsOf, isFunctionBlock, scopeOf } from './functions.ts';
import { infixOf, leftPower } from './syntax.ts';

/** The nodes that a node is wired to, in the order of its arguments. */
export function sourcesOf(node: FormulaNode): NodeId[] {
  const sources: NodeId[] = [];
  for (const arg of Object.values(node.args)) if (isRef(arg)) sources.push(arg.from);
  return sources;
}

export const isAction = (node: FormulaNode): boolean => findBlock(node.block)?.kind === 'action';

/** Whether a node does otherwise while it is muted. */
export const isMuted = ({ block, muted }: FormulaNode): boolean =>
  muted === true && block !== 'input' && block !== 'value' && block !== 'fn' && block !== 'param' && block !== 'result';

/** Whether a node is a statement however often it is used. */
export const isAlwaysStatement = (node: FormulaNode): boolean =>
  node.name !== undefined ||
  node.comment !== undefined ||
  node.muted === true ||
  node.block === 'input' ||
  node.block === 'value' ||
  isAction(node) ||
  (isFunctionBlock(node.block) && node.block !== 'call');

/** Which nodes code writes as statements, and under which names. */
export interface Statements {
  /** In the order of the code, those of functions not included. */
  readonly order: readonly NodeId[];
  /** Those within functions, by function. */
  readonly bodies: ReadonlyMap<NodeId, readonly NodeId[]>;
  /** All of them: those of a function behind the function. */
  readonly all: readonly NodeId[];
  /**
   * Names of all but the actions: their own, or made up for nodes without one that can't be written where they are
   * used.
   */
  readonly names: ReadonlyMap<NodeId, string>;
}

/**
 * A node is a statement when it has a name, acts, or is used more than once or not at all; the others are written where
 * they are used. Prices without a name are always written where they are used.
 */
export function statementsOf(formula: Formula): Statements {
  const entries = Object.entries(formula.nodes);
  const inline = inlineNodes(formula, entries);
  const free = new FreeNames(entries.map(([, { name }]) => name));
  const order: NodeId[] = [];
  const bodies = new Map<NodeId, NodeId[]>();
  for (const id of functionsOf(formula).keys()) bodies.set(id, []);
  const names = new Map<NodeId, string>();
  for (const [id, node] of entries) {
    if (inline.has(id)) continue;
    const body = bodies.size === 0 || node.block === 'fn' ? undefined : bodies.get(scopeOf(formula, node) ?? '');
    (body ?? order).push(id);
    if (node.block === 'result') {
      if (node.name !== undefined) names.set(id, node.name);
    } else if (!isAction(node)) names.set(id, node.name ?? free.take(node.block));
  }
  const all = bodies.size === 0 ? order : order.flatMap((id) => [id, ...(bodies.get(id) ?? [])]);
  return { order, names, bodies, all };
}

/** Expressions deeper than this are broken up: nobody can read them, and the parser bounds their depth. */
const DEEPEST_INLINE = 40;
/** And so are those of more nodes than this. */
const LARGEST_INLINE = 400;

/** The nodes written where they are used. */
function inlineNodes(formula: Formula, entries: readonly (readonly [NodeId, FormulaNode])[]): ReadonlySet<NodeId> {
  const uses = new Map<NodeId, number>();
  for (const [, node] of entries) for (const from of sourcesOf(node)) uses.set(from, (uses.get(from) ?? 0) + 1);
  const inline = new Set<NodeId>();
  for (const [id, node] of entries) {
    if (isAlwaysStatement(node)) continue;
    const count = uses.get(id) ?? 0;
    if (isBareName(node.block) ? count > 0 : count === 1) inline.add(id);
  }
  breakUp(formula, inline);
  return inline;
}

/** How deep the expression of a node is, and of how many nodes. */
interface Extent {
  readonly depth: number;
  readonly size: number;
}

/**
 * Takes out those that can't be written where they are used after all: one of each circle, and those that would be too
 * deep or too long.
 */
function breakUp(formula: Formula, inline: Set<NodeId>): void {
  const extents = new Map<NodeId, Extent>();
  const open = new Set<NodeId>();
  const stack: NodeId[] = [];
  for (const start of Object.keys(formula.nodes)) {
    stack.push(start);
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const node = nodeOf(formula, id);
      if (!node || extents.has(id)) {
        stack.pop();
      } else if (open.has(id)) {
        const extent = extentOf(node, formula, inline, extents);
        if (extent.depth > DEEPEST_INLINE || extent.size > LARGEST_INLINE) inline.delete(id);
        extents.set(id, extent);
        stack.pop();
      } else {
        open.add(id);
        for (const from of sourcesOf(node)) {
          if (!inline.has(from) || extents.has(from)) continue;
          // What is open waits for itself: a circle.
          if (open.has(from)) inline.delete(from);
          else stack.push(from);
        }
      }
    }
  }
}

/** The left side of an operator, where it needs no brackets, goes no deeper: `a + b + c` is flat. */
function extentOf(
  node: FormulaNode,
  formula: Formula,
  inline: ReadonlySet<NodeId>,
  extents: ReadonlyMap<NodeId, Extent>,
): Extent {
  const operator = infixOf(node.block);
  let depth = 1;
  let size = 1;
  for (const [port, arg] of Object.entries(node.args)) {
    const inner = isRef(arg) && inline.has(arg.from) ? extents.get(arg.from) : undefined;
    if (!isRef(arg) || !inner) continue;
    const left = operator && port === 'a' ? infixOf(nodeOf(formula, arg.from)?.block ?? '') : undefined;
    const isFlat = operator !== undefined && left !== undefined && left.power >= leftPower(operator);
    depth = Math.max(depth, inner.depth + (isFlat ? 0 : 1));
    size += inner.size;
  }
  return { depth, size };
}

/** Whether two arguments are the same. */
export function sameArg(a: Arg | undefined, b: Arg | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (isRef(a) && isRef(b)) return a.from === b.from && a.output === b.output;
  return (
    Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => Object.is(item, b[index]))
  );
}
