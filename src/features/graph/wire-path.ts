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

/** A wire as a curve, as React Flow draws wires. */
function curve(from: Point, to: Point): string {
  const distance = to.x - from.x;
  const bend = distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
  return `M${from.x},${from.y}C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`;
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
