import type { Overlay } from '#core/diff/overlay.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { nodeHeight, NODE_WIDTH, placeMissing } from '#features/graph/index.ts';

const GAP = 16;

/**
 * Where the nodes of an overlay stand, so that none covers another: what is gone stands where it stood, or, where
 * something else stands now, at the first free place below.
 */
export function laidOut({ formula, marks }: Pick<Overlay, 'formula' | 'marks'>): Formula {
  const places = new Map(placeMissing(formula));
  const taken = new Columns();
  const heightOf = (id: NodeId): number => {
    const node = formula.nodes[id];
    return node ? nodeHeight(node) : 0;
  };
  const isGone = (id: NodeId): boolean => marks.get(id) === 'removed';
  for (const [id, place] of places) if (!isGone(id)) taken.add(place, heightOf(id));
  for (const [id, place] of places) if (isGone(id)) places.set(id, taken.take(place, heightOf(id)));
  return { ...formula, layout: Object.fromEntries(places) };
}

interface Taken extends Point {
  readonly bottom: number;
}

/** What stands where, in columns of a node's width, so that a place is compared with its neighbours alone. */
class Columns {
  readonly #columns = new Map<number, Taken[]>();

  add({ x, y }: Point, height: number): void {
    const column = Math.floor(x / NODE_WIDTH);
    const taken = this.#columns.get(column) ?? [];
    this.#columns.set(column, taken);
    taken.push({ x, y, bottom: y + height });
  }

  take(wanted: Point, height: number): Point {
    const column = Math.floor(wanted.x / NODE_WIDTH);
    let { y } = wanted;
    const near = [column - 1, column, column + 1]
      .flatMap((each) => this.#columns.get(each) ?? [])
      .filter(({ x, bottom }) => Math.abs(x - wanted.x) < NODE_WIDTH && bottom > y)
      .toSorted((a, b) => a.y - b.y);
    for (const { y: top, bottom } of near) if (top < y + height && y < bottom) y = bottom + GAP;
    const place = { x: wanted.x, y };
    this.add(place, height);
    return place;
  }
}
