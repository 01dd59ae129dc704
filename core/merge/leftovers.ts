import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { isAlwaysStatement, sourcesOf } from '#core/formula/language/statements.ts';
import { bendsOfWires } from '#core/formula/model/bends.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';

/**
 * The formula without the nodes that nothing uses any more: parts of a statement that has become another one. A node
 * that stands alone in one of the three, and that no side has taken away, stays.
 */
export function withoutLeftovers(formula: Formula, base: Formula, sides: readonly Formula[]): Formula {
  const all = [base, ...sides].map((other) => ({ other, uses: usesOf(other) }));
  const uses = usesOf(formula);
  const isLeft = (id: NodeId): boolean => {
    const node = nodeOf(formula, id);
    if (node === undefined || isAlwaysStatement(node) || (uses.get(id) ?? 0) > 0) return false;
    // No edit says that a price goes.
    const isGone =
      isBareName(node.block) && nodeOf(base, id) !== undefined && sides.some((side) => nodeOf(side, id) === undefined);
    const standsAlone = all.some((side) => nodeOf(side.other, id) !== undefined && (side.uses.get(id) ?? 0) === 0);
    return isGone || !standsAlone;
  };
  const open = Object.keys(formula.nodes).filter(isLeft);
  const gone = new Set<NodeId>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    gone.add(id);
    const node = nodeOf(formula, id);
    for (const source of node ? sourcesOf(node) : []) {
      uses.set(source, (uses.get(source) ?? 0) - 1);
      if (isLeft(source)) open.push(source);
    }
  }
  if (gone.size === 0) return formula;
  const isKept = ([id]: readonly [string, unknown]) => !gone.has(id);
  const nodes = Object.fromEntries(Object.entries(formula.nodes).filter(isKept));
  const { bends, ...rest } = formula;
  return {
    ...rest,
    nodes,
    ...(formula.layout ? { layout: Object.fromEntries(Object.entries(formula.layout).filter(isKept)) } : {}),
    ...bendsOfWires(nodes, bends),
  };
}

function usesOf(formula: Formula): Map<NodeId, number> {
  const uses = new Map<NodeId, number>();
  for (const node of Object.values(formula.nodes))
    for (const source of sourcesOf(node)) uses.set(source, (uses.get(source) ?? 0) + 1);
  return uses;
}
