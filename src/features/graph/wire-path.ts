import { isRef, nodeOf, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { shapeIn, type Placed } from './boxes.ts';
import { outputOf, type Wire } from './flow-edges.ts';
import { FEED_HANDLE, NODE_WIDTH } from './node-shape.ts';

/** Where a wire begins and ends; null where one of its ports is not there. */
export function endsOf(placed: Placed, { node, port }: Wire): readonly [Point, Point] | null {
  const { formula, places } = placed;
  const target = nodeOf(formula, node);
  const arg = target?.args[port];
  const source = isRef(arg) ? nodeOf(formula, arg.from) : undefined;
  if (!target || !source || !isRef(arg)) return null;
  const [from, to] = [places.get(arg.from), places.get(node)];
  const output = outputOf(source, arg) ?? FEED_HANDLE;
  const start = shapeIn(placed, arg.from)?.handles.find(({ id, side }) => side === 'output' && id === output);
  const end = shapeIn(placed, node)?.handles.find(({ id, side }) => side === 'input' && id === port);
  if (!from || !to || !start || !end) return null;
  return [
    { x: from.x + NODE_WIDTH, y: from.y + start.y },
    { x: to.x, y: to.y + end.y },
  ];
}

/** How far the curve of a wire goes straight on at its ends, as React Flow bends wires. */
function bendOf(from: Point, to: Point): number {
  const distance = to.x - from.x;
  return distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
}

/** A wire as a curve. */
export function curve(from: Point, to: Point): string {
  const bend = bendOf(from, to);
  return `M${from.x},${from.y}C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`;
}

const PIECES = 16;

/** Points along that curve, its ends included. */
export function pointsOf(from: Point, to: Point): readonly Point[] {
  const bend = bendOf(from, to);
  return Array.from({ length: PIECES + 1 }, (_, index) => {
    const t = index / PIECES;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return {
      x: a * from.x + b * (from.x + bend) + c * (to.x - bend) + d * to.x,
      y: (a + b) * from.y + (c + d) * to.y,
    };
  });
}

/** Many wires as one path. */
export const pathOf = (placed: Placed, wires: Iterable<Wire & { readonly node: NodeId }>): string => {
  let path = '';
  for (const wire of wires) {
    const ends = endsOf(placed, wire);
    if (ends) path += curve(...ends);
  }
  return path;
};
