import { findBlock, isBareName } from './catalogue.ts';
import { isRef, type Arg, type Formula, type FormulaNode, type NodeId } from './formula.ts';
import { RESERVED } from './read-statements.ts';

/** The nodes that a node is wired to, in the order of its arguments. */
export const sourcesOf = (node: FormulaNode): NodeId[] => Object.values(node.args).filter(isRef).map((ref) => ref.from);

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
  const uses = new Map<NodeId, number>();
  for (const node of Object.values(formula.nodes)) for (const from of sourcesOf(node)) uses.set(from, (uses.get(from) ?? 0) + 1);

  const inline = (id: NodeId, node: FormulaNode): boolean => {
    if (node.name !== undefined || node.comment !== undefined || node.block === 'input' || node.block === 'value' || isAction(node)) return false;
    const count = uses.get(id) ?? 0;
    return isBareName(node.block) ? count > 0 : count === 1;
  };

  const entries = Object.entries(formula.nodes);
  const cut = broken(formula, inline);
  const taken = new Set(entries.flatMap(([, node]) => node.name ?? []));
  const order: NodeId[] = [];
  const names = new Map<NodeId, string>();
  for (const [id, node] of entries) {
    if (inline(id, node) && !cut.has(id)) continue;
    order.push(id);
    if (isAction(node)) continue;
    const name = node.name ?? madeUpName(node.block, taken);
    taken.add(name);
    names.set(id, name);
  }
  return { order, names };
}

function madeUpName(block: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const name = `${block.replaceAll(/\W/g, '')}${count}`;
    if (!taken.has(name) && !RESERVED.has(name) && findBlock(name)?.syntax?.kind !== 'name') return name;
  }
}

/** Expressions deeper than this are broken up: nobody can read them, and the parser bounds their depth. */
const DEEPEST_INLINE = 40;

/** Of the nodes that could be written where they are used, those that can't: one of each circle, and those that would be too deep. */
function broken(formula: Formula, inline: (id: NodeId, node: FormulaNode) => boolean): Set<NodeId> {
  const cut = new Set<NodeId>();
  const heights = new Map<NodeId, number>();
  const open = new Set<NodeId>();
  for (const start of Object.keys(formula.nodes)) {
    const stack = [start];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const node = formula.nodes[id];
      const sources = node && !heights.has(id) ? sourcesOf(node).filter((from) => isInline(from)) : [];
      const waiting = open.has(id) ? [] : sources.filter((from) => !heights.has(from));
      if (node && waiting.length > 0) {
        open.add(id);
        for (const from of waiting) {
          if (open.has(from)) cut.add(from);
          else stack.push(from);
        }
        continue;
      }
      stack.pop();
      open.delete(id);
      if (heights.has(id)) continue;
      const height = 1 + sources.reduce((most, from) => Math.max(most, cut.has(from) ? 0 : (heights.get(from) ?? 0)), 0);
      if (height > DEEPEST_INLINE && isInline(id)) cut.add(id);
      heights.set(id, height);
    }
  }
  return cut;

  function isInline(id: NodeId): boolean {
    const node = formula.nodes[id];
    return node !== undefined && inline(id, node);
  }
}

/** Whether two arguments are the same. */
export function sameArg(a: Arg | undefined, b: Arg | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (isRef(a) && isRef(b)) return a.from === b.from && a.output === b.output;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}
