import { nodeOf, type Formula, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { NODE_WIDTH, shapeOf, type NodeShape } from './node-shape.ts';
import type { Box } from './view.ts';

/** Where the nodes of a formula stand. */
export interface Placed {
  readonly formula: Formula;
  readonly places: ReadonlyMap<NodeId, Point>;
  /** Nodes that show all of their ports; left out: none. */
  readonly opened?: ReadonlySet<NodeId>;
}

/** How a node is drawn there; undefined of one that is not there. */
export function shapeIn({ formula, opened }: Omit<Placed, 'places'>, id: NodeId): NodeShape | undefined {
  const node = nodeOf(formula, id);
  return node && shapeOf(node, opened?.has(id) ? 'all' : 'few');
}

/** What a node covers; null of one that is not there. */
export function boxOf(placed: Placed, id: NodeId): Box | null {
  const shape = shapeIn(placed, id);
  const place = placed.places.get(id);
  return shape && place ? { x: place.x, y: place.y, width: NODE_WIDTH, height: shape.height } : null;
}

/** The box around boxes; null around none. */
export function around(boxes: Iterable<Box>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left === Infinity ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The boxes of these nodes, or of all. */
export const boxesOf = (placed: Placed, ids: Iterable<NodeId> = placed.places.keys()): Box[] =>
  [...ids].flatMap((id) => boxOf(placed, id) ?? []);

export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const holds = (outer: Box, inner: Box): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
