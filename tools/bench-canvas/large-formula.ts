import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { sourcesOf } from '#core/formula/language/statements.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { nodeHeight, NODE_WIDTH } from '../../src/features/graph/node-shape.ts';

/** Nodes that one idea of the formula has, besides the close that all of them share. */
const NODES_OF_AN_IDEA = 10;
const GAP = { x: 36, y: 16 };
/** Ideas that stand above one another. */
const IDEAS_IN_A_COLUMN = 16;

/**
 * A formula of so many nodes, as JSON with a layout: many ideas beside one another, each with an average, a band and
 * conditions of its own.
 */
export function largeFormula(nodeCount: number): string {
  const count = Math.max(1, Math.floor((nodeCount - 1) / NODES_OF_AN_IDEA));
  const { formula } = parse(
    Array.from(
      { length: count },
      (_, index) => `input fast${index} = ${5 + (index % 40)}
line${index} = sma(close, fast${index})
bands${index} = bbands(close, ${10 + (index % 30)})
strong${index} = rsi(close, ${5 + (index % 20)}) > 50
buy(when: close > bands${index}.upper and strong${index} and close > line${index})
`,
    ).join('\n'),
  );
  return toJson({ ...formula, layout: Object.fromEntries(placed(formula)) });
}

/** Columns by what a node reads, ideas below one another. */
function placed(formula: Formula): Map<NodeId, Point> {
  const depth = new Map<NodeId, number>();
  const depthOf = (id: NodeId): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    const node = formula.nodes[id];
    const found = node ? Math.max(-1, ...sourcesOf(node).map(depthOf)) + 1 : 0;
    depth.set(id, found);
    return found;
  };
  const places = new Map<NodeId, Point>();
  const bottoms = new Map<number, number>();
  let idea = 0;
  for (const [id, node] of Object.entries(formula.nodes)) {
    const block = Math.floor(idea / IDEAS_IN_A_COLUMN);
    const column = block * 6 + depthOf(id);
    const y = bottoms.get(column) ?? 0;
    places.set(id, { x: column * (NODE_WIDTH + GAP.x), y });
    bottoms.set(column, y + nodeHeight(node) + GAP.y);
    if (node.block === 'buy') idea += 1;
  }
  return places;
}
