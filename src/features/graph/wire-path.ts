import { isRef, nodeOf, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { bendsIn } from './bends-in.ts';
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

/** A piece of a wire: where it begins, what pulls it there and at its end, and where it ends. */
export type Cubic = readonly [Point, Point, Point, Point];

/** The pieces of a wire that is led through `bends`: straight out of its ports, and smooth at each bend. */
export function cubicsOf([from, to]: readonly [Point, Point], bends: readonly Point[] = []): readonly Cubic[] {
  const points = [from, ...bends, to];
  return points.slice(1).map((end, index): Cubic => {
    const start = points[index] ?? from;
    const reach = bends.length === 0 ? bendOf(start, end) : Math.hypot(end.x - start.x, end.y - start.y) / 3;
    const [out, into] = [slopeAt(points, index), slopeAt(points, index + 1)];
    return [
      start,
      out ? { x: start.x + out.x, y: start.y + out.y } : { x: start.x + reach, y: start.y },
      into ? { x: end.x - into.x, y: end.y - into.y } : { x: end.x - reach, y: end.y },
      end,
    ];
  });
}

/** Of a bend: towards where the wire comes from and goes to; null at the ends of the wire. */
function slopeAt(points: readonly Point[], index: number): Point | null {
  const [before, after] = [points[index - 1], points[index + 1]];
  return before && after ? { x: (after.x - before.x) / 6, y: (after.y - before.y) / 6 } : null;
}

/** The pieces of a wire as it is drawn; null where one of its ports is not there. */
export function wireIn(placed: Placed, wire: Wire): readonly Cubic[] | null {
  const ends = endsOf(placed, wire);
  return ends && cubicsOf(ends, bendsIn(placed.formula, wire));
}

export const pathOfCubics = (cubics: readonly Cubic[]): string =>
  cubics
    .map(
      ([start, a, b, end], index) =>
        `${index === 0 ? `M${start.x},${start.y}` : ''}C${a.x},${a.y} ${b.x},${b.y} ${end.x},${end.y}`,
    )
    .join('');

/** A wire without bends as a curve. */
export const curve = (from: Point, to: Point): string => pathOfCubics(cubicsOf([from, to]));

const PIECES = 16;

/** Points along a piece of a wire, its ends included. */
export const pointsOf = ([start, one, two, end]: Cubic): readonly Point[] =>
  Array.from({ length: PIECES + 1 }, (_, index) => {
    const t = index / PIECES;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return {
      x: a * start.x + b * one.x + c * two.x + d * end.x,
      y: a * start.y + b * one.y + c * two.y + d * end.y,
    };
  });

/** Many wires as one path. */
export const pathOf = (placed: Placed, wires: Iterable<Wire & { readonly node: NodeId }>): string => {
  let path = '';
  for (const wire of wires) {
    const cubics = wireIn(placed, wire);
    if (cubics) path += pathOfCubics(cubics);
  }
  return path;
};
