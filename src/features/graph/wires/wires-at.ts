import { isRef, type Point } from '#core/formula/model/formula.ts';
import type { Placed } from '../boxes.ts';
import type { Wire } from '../flow-edges.ts';
import type { Box } from '../view.ts';
import { pointsOf, wireIn } from '../wire-path.ts';

/** A wire as the lines that it is drawn by, near enough. */
export interface WireLine extends Wire {
  readonly points: readonly Point[];
  readonly box: Box;
}

/** Of all wires that are drawn. */
export function wireLines(placed: Placed): WireLine[] {
  return Object.entries(placed.formula.nodes).flatMap(([node, { args }]) =>
    Object.entries(args).flatMap(([port, arg]): WireLine[] => {
      const cubics = isRef(arg) ? wireIn(placed, { node, port }) : null;
      if (!cubics) return [];
      const points = cubics.flatMap(pointsOf);
      return [{ node, port, points, box: boxAround(points) }];
    }),
  );
}

const known = new WeakMap<Placed, readonly WireLine[]>();

/** The same, computed once for nodes that stand as they do: a drag asks at each move. */
export function linesOf(placed: Placed): readonly WireLine[] {
  const lines = known.get(placed) ?? wireLines(placed);
  known.set(placed, lines);
  return lines;
}

/** The wires that the line between two points crosses. */
export const crossedBy = (lines: readonly WireLine[], from: Point, to: Point): readonly Wire[] => {
  const box = boxAround([from, to]);
  return lines.filter(
    (line) =>
      touch(line.box, box) &&
      line.points.some((point, index) => {
        const next = line.points[index + 1];
        return next !== undefined && cross(from, to, [point, next]);
      }),
  );
};

/** The wire nearest to a point, no farther away than `reach`; null where there is none. */
export function wireNear(lines: readonly WireLine[], at: Point, reach: number): Wire | null {
  let [nearest, least]: [Wire | null, number] = [null, reach];
  const around: Box = { x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach };
  for (const { node, port, points, box } of lines) {
    if (!touch(box, around)) continue;
    for (const [index, point] of points.entries()) {
      const distance = distanceTo(at, point, points[index + 1] ?? point);
      if (distance <= least) [nearest, least] = [{ node, port }, distance];
    }
  }
  return nearest;
}

function boxAround(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Boxes of lines may have no width or no height. */
const touch = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

const side = (a: Point, b: Point, at: Point): number =>
  Math.sign((b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x));

const cross = (a: Point, b: Point, [c, d]: readonly [Point, Point]): boolean =>
  side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);

export function distanceTo(at: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((at.x - from.x) * dx + (at.y - from.y) * dy) / length));
  return Math.hypot(at.x - from.x - share * dx, at.y - from.y - share * dy);
}
