import { findBlock, isBareName } from './catalogue.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from './formula.ts';
import { infixOf, leftPower } from './syntax.ts';

/** The nodes that a node is wired to, in the order of its arguments. */
export function sourcesOf(node: FormulaNode): NodeId[] {
  const sources: NodeId[] = [];
  for (const arg of Object.values(node.args)) if (isRef(arg)) sources.push(arg.from);
  return sources;
}

export const isAction = (node: FormulaNode): boolean => findBlock(node.block)?.kind === 'action';

/** Which nodes code writes as statements, and under which names. */
export interface Statements {
  /** In the order of the code. */
  readonly order: readonly NodeId[];
  /** Names of all but the actions: their own, or made up for nodes without one that can't be written where they are used. */
  readonly names: ReadonlyMap<NodeId, string>;
}

/**
 * A node is a statement when it has a name, acts, or is used more than once or not at all; the others are written where they are
 * used. Prices without a name are always written where they are used.
 */
export function statementsOf(formula: Formula): Statements {
  const entries = Object.entries(formula.nodes);
  const inline = inlineNodes(formula, entries);
  const makeUpName = nameMaker(entries);
  const order: NodeId[] = [];
  const names = new Map<NodeId, string>();
  for (const [id, node] of entries) {
    if (inline.has(id)) continue;
    order.push(id);
    if (!isAction(node)) names.set(id, node.name ?? makeUpName(node.block));
  }
  return { order, names };
}

/** Names for nodes that have none: the block's, and the first number that is free. */
function nameMaker(entries: readonly (readonly [NodeId, FormulaNode])[]): (block: string) => string {
  const taken = new Set<string>();
  for (const [, { name }] of entries) if (name !== undefined) taken.add(name);
  const counts = new Map<string, number>();
  return (block) => {
    const word = block.replaceAll(/\W/g, '').replace(/^(?=\d|$)/, '_');
    for (let count = (counts.get(word) ?? 0) + 1; ; count += 1) {
      const name = `${word}${count}`;
      if (taken.has(name) || isBareName(name)) continue;
      counts.set(word, count);
      taken.add(name);
      return name;
    }
  };
}

/** Expressions deeper than this are broken up: nobody can read them, and the parser bounds their depth. */
const DEEPEST_INLINE = 40;

/** The nodes written where they are used. */
function inlineNodes(formula: Formula, entries: readonly (readonly [NodeId, FormulaNode])[]): ReadonlySet<NodeId> {
  const uses = new Map<NodeId, number>();
  for (const [, node] of entries) for (const from of sourcesOf(node)) uses.set(from, (uses.get(from) ?? 0) + 1);
  const inline = new Set<NodeId>();
  for (const [id, node] of entries) {
    if (node.name !== undefined || node.comment !== undefined || node.block === 'input' || node.block === 'value' || isAction(node)) continue;
    const count = uses.get(id) ?? 0;
    if (isBareName(node.block) ? count > 0 : count === 1) inline.add(id);
  }
  breakUp(formula, inline);
  return inline;
}

/** Takes out those that can't be written where they are used after all: one of each circle, and those that would be too deep. */
function breakUp(formula: Formula, inline: Set<NodeId>): void {
  const depths = new Map<NodeId, number>();
  const open = new Set<NodeId>();
  const stack: NodeId[] = [];
  for (const start of Object.keys(formula.nodes)) {
    stack.push(start);
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const node = nodeOf(formula, id);
      if (!node || depths.has(id)) {
        stack.pop();
      } else if (open.has(id)) {
        const depth = depthOf(node, formula, inline, depths);
        if (depth > DEEPEST_INLINE) inline.delete(id);
        depths.set(id, depth);
        stack.pop();
      } else {
        open.add(id);
        for (const from of sourcesOf(node)) {
          if (!inline.has(from) || depths.has(from)) continue;
          // What is open waits for itself: a circle.
          if (open.has(from)) inline.delete(from);
          else stack.push(from);
        }
      }
    }
  }
}

/** How deep the expression of a node is. The left side of an operator, where it needs no brackets, goes no deeper: `a + b + c` is flat. */
function depthOf(node: FormulaNode, formula: Formula, inline: ReadonlySet<NodeId>, depths: ReadonlyMap<NodeId, number>): number {
  const operator = infixOf(node.block);
  let depth = 1;
  for (const [port, arg] of Object.entries(node.args)) {
    if (!isRef(arg) || !inline.has(arg.from)) continue;
    const left = operator && port === 'a' ? infixOf(nodeOf(formula, arg.from)?.block ?? '') : undefined;
    const isFlat = operator !== undefined && left !== undefined && left.power >= leftPower(operator);
    depth = Math.max(depth, (depths.get(arg.from) ?? 0) + (isFlat ? 0 : 1));
  }
  return depth;
}

/** Whether two arguments are the same. */
export function sameArg(a: Arg | undefined, b: Arg | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (isRef(a) && isRef(b)) return a.from === b.from && a.output === b.output;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}
