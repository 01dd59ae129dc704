import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { functionsOf } from '#core/formula/language/functions.ts';
import { statementsOf } from '#core/formula/language/statements.ts';
import { isRef, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';

/**
 * What the person's text is to be compared with: the formula as it is now, but for the statements that they type in
 * (`held`), which are as they were when they began. So what a colleague changes in the same statement meanwhile does
 * not look like something that they took back. Where a colleague has rebuilt or deleted such a statement there is
 * nothing to compare with: what is typed then stands as it is.
 */
export function ancestor(before: Formula, now: Formula, held: readonly NodeId[]): Formula {
  if (held.length === 0) return now;
  const { names } = statementsOf(now);
  const [insideBefore, insideNow] = [insidesOf(before), insidesOf(now)];
  const nodes = new Map(Object.entries(now.nodes));
  for (const id of held) {
    const inside = insideBefore(id);
    if (!(id in now.nodes) || !inside.every((part) => isPrice(before.nodes[part]) || part in now.nodes)) continue;
    for (const part of insideNow(id)) if (!isPrice(now.nodes[part]) && !inside.includes(part)) nodes.delete(part);
    for (const part of inside) {
      const node = before.nodes[part];
      // Its new name stands in what is typed already.
      if (node) nodes.set(part, part === id ? withName(node, names.get(id)) : node);
    }
  }
  return { ...now, nodes: Object.fromEntries(nodes) };
}

/** One for all that mention it, so it belongs to no statement. */
const isPrice = (node: FormulaNode | undefined): boolean =>
  node !== undefined && node.name === undefined && isBareName(node.block);

const withName = ({ name: _old, ...node }: FormulaNode, name: string | undefined): FormulaNode =>
  name === undefined ? node : { ...node, name };

/** A statement's node and those that are written inside it. */
export function insidesOf(formula: Formula): (id: NodeId) => readonly NodeId[] {
  const statements = new Set(statementsOf(formula).all);
  return (id) => {
    const found = new Set(id in formula.nodes ? [id, ...(functionsOf(formula).get(id)?.all ?? [])] : []);
    for (const at of found) {
      for (const arg of Object.values(formula.nodes[at]?.args ?? {}))
        if (isRef(arg) && arg.from in formula.nodes && !statements.has(arg.from)) found.add(arg.from);
    }
    return [...found];
  };
}
