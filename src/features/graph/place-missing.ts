import { dataflowOrder } from '#core/formula/facts/dataflow-order.ts';
import { sourcesOf } from '#core/formula/language/statements.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { nodeHeight, NODE_WIDTH } from './node-shape.ts';

const GAP_X = 36;
const GAP_Y = 16;

/** Where every node stands: as laid out, and those without a place right of what they read, below what is there. Deterministic. */
export function placeMissing(formula: Formula): ReadonlyMap<NodeId, Point> {
  const places = new Map<NodeId, Point>(Object.entries(formula.layout ?? {}).filter(([id]) => id in formula.nodes));
  if (places.size === Object.keys(formula.nodes).length) return places;
  const { order, stuck } = dataflowOrder(formula);
  for (const id of [...order, ...stuck]) {
    const node = formula.nodes[id];
    if (!node || places.has(id)) continue;
    const sources = sourcesOf(node).flatMap((from) => places.get(from) ?? []);
    const x = sources.length === 0 ? 0 : Math.max(...sources.map((point) => point.x)) + NODE_WIDTH + GAP_X;
    const y = sources.length === 0 ? 0 : Math.min(...sources.map((point) => point.y));
    places.set(id, firstFree(formula, places, { x, y }, nodeHeight(node)));
  }
  return places;
}

function firstFree(formula: Formula, places: ReadonlyMap<NodeId, Point>, wanted: Point, height: number): Point {
  const column = [...places].filter(([, point]) => Math.abs(point.x - wanted.x) < NODE_WIDTH);
  let { y } = wanted;
  for (;;) {
    const hit = column.find(([id, point]) => {
      const other = formula.nodes[id];
      return other !== undefined && point.y < y + height + GAP_Y && y < point.y + nodeHeight(other) + GAP_Y;
    });
    if (!hit) return { x: wanted.x, y };
    const other = formula.nodes[hit[0]];
    y = hit[1].y + (other ? nodeHeight(other) : 0) + GAP_Y;
  }
}
