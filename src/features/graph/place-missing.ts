import { dataflowOrder } from '#core/formula/facts/dataflow-order.ts';
import { sourcesOf } from '#core/formula/language/statements.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { nodeHeight, NODE_WIDTH } from './node-shape.ts';

const GAP_X = 36;
const GAP_Y = 16;

/**
 * Where every node stands: as laid out, and those without a place right of what they read, below what is there.
 * Deterministic.
 */
export function placeMissing(formula: Formula): ReadonlyMap<NodeId, Point> {
  const places = new Map<NodeId, Point>(Object.entries(formula.layout ?? {}).filter(([id]) => id in formula.nodes));
  if (places.size === Object.keys(formula.nodes).length) return places;
  const columns = new Columns();
  for (const [id, place] of places) {
    const node = formula.nodes[id];
    if (node) columns.add(place, nodeHeight(node));
  }
  const { order, stuck } = dataflowOrder(formula);
  for (const id of [...order, ...stuck]) {
    const node = formula.nodes[id];
    if (!node || places.has(id)) continue;
    let [x, y] = [0, Infinity];
    for (const from of sourcesOf(node)) {
      const source = places.get(from);
      if (!source) continue;
      x = Math.max(x, source.x + NODE_WIDTH + GAP_X);
      y = Math.min(y, source.y);
    }
    places.set(id, columns.take({ x, y: y === Infinity ? 0 : y }, nodeHeight(node)));
  }
  return places;
}

interface Taken extends Point {
  readonly bottom: number;
}

/** What is taken, by where it stands from left to right: only neighbours can be in the way. */
class Columns {
  readonly #columns = new Map<number, Taken[]>();
  /** Where the search for the same place has ended before: what is above is taken. */
  readonly #ends = new Map<string, number>();

  add({ x, y }: Point, height: number): void {
    const column = Math.floor(x / NODE_WIDTH);
    const taken = this.#columns.get(column) ?? [];
    this.#columns.set(column, taken);
    taken.push({ x, y, bottom: y + height });
  }

  /** The first free place below the wanted one, which is taken from now on. */
  take(wanted: Point, height: number): Point {
    const key = `${wanted.x}/${wanted.y}`;
    let y = this.#ends.get(key) ?? wanted.y;
    const column = Math.floor(wanted.x / NODE_WIDTH);
    const inTheWay = [column - 1, column, column + 1]
      .flatMap((each) => this.#columns.get(each) ?? [])
      .filter(({ x, bottom }) => Math.abs(x - wanted.x) < NODE_WIDTH && bottom + GAP_Y > y)
      .toSorted((a, b) => a.y - b.y);
    for (const { y: top, bottom } of inTheWay) if (top < y + height + GAP_Y && y < bottom + GAP_Y) y = bottom + GAP_Y;
    const place = { x: wanted.x, y };
    this.#ends.set(key, y);
    this.add(place, height);
    return place;
  }
}
