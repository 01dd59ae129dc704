import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { printLiteral } from '#core/formula/language/literal.ts';
import { isRef, type Formula, type FormulaNode, type NodeId, type Point } from '#core/formula/model/formula.ts';

/** What a node is found by: its name, its block, the values that are set in it, its comment. */
function textsOf({ name, block, comment, args }: FormulaNode): readonly string[] {
  const values = Object.values(args).flatMap((arg) => (isRef(arg) ? [] : [printLiteral(arg, true)]));
  return [name ?? '', block, findBlock(block)?.title ?? '', comment ?? '', ...values].map((text) => text.toLowerCase());
}

/**
 * The nodes in which every word of the query is found, from left to right and from top to bottom as they stand. A
 * number is the whole of a value or the beginning of it: `4` finds `40`, and not `14`.
 */
export function findNodes(formula: Formula, places: ReadonlyMap<NodeId, Point>, query: string): readonly NodeId[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const isIn = (text: string, word: string): boolean =>
    /^[\d.%-]+$/.test(word) ? text.split(/[^\d.%-]+/).some((value) => value.startsWith(word)) : text.includes(word);
  const found = Object.entries(formula.nodes).filter(([, node]) => {
    const texts = textsOf(node);
    return words.every((word) => texts.some((text) => isIn(text, word)));
  });
  const at = (id: NodeId): Point => places.get(id) ?? { x: 0, y: 0 };
  return found.map(([id]) => id).toSorted((a, b) => at(a).x - at(b).x || at(a).y - at(b).y);
}
