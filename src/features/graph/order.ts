import { isRef, nodeOf, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { around, boxOf, overlap, shapeIn, type Placed } from './boxes.ts';
import { outputOf } from './flow-edges.ts';
import { FEED_HANDLE, NODE_WIDTH } from './node-shape.ts';
import type { Box } from './view.ts';

/** Where nodes go; those that stay are left out. */
export type Places = ReadonlyMap<NodeId, Point>;

export type Side = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

const boxesOfAll = (placed: Placed, ids: Iterable<NodeId>): ReadonlyMap<NodeId, Box> =>
  new Map(
    [...ids].flatMap((id): [NodeId, Box][] => {
      const box = boxOf(placed, id);
      return box ? [[id, box]] : [];
    }),
  );

const moved = (boxes: ReadonlyMap<NodeId, Box>, to: (box: Box, id: NodeId) => Point): Places =>
  new Map(
    [...boxes].flatMap(([id, box]): [NodeId, Point][] => {
      const { x, y } = to(box, id);
      const point = { x: Math.round(x), y: Math.round(y) };
      return point.x === box.x && point.y === box.y ? [] : [[id, point]];
    }),
  );

/** Brings these nodes to one line: a side or the middle of what they cover together. */
export function aligned(placed: Placed, ids: Iterable<NodeId>, side: Side): Places {
  const boxes = boxesOfAll(placed, ids);
  const whole = around(boxes.values());
  if (!whole) return new Map();
  const x = { left: 0, centre: 0.5, right: 1 }[side as 'left'] as number | undefined;
  const y = { top: 0, middle: 0.5, bottom: 1 }[side as 'top'] as number | undefined;
  return moved(boxes, (box) => ({
    x: x === undefined ? box.x : whole.x + (whole.width - box.width) * x,
    y: y === undefined ? box.y : whole.y + (whole.height - box.height) * y,
  }));
}

/** The same room between each two neighbours, the outermost staying where they are. */
export function distributed(placed: Placed, ids: Iterable<NodeId>, along: 'x' | 'y'): Places {
  const boxes = boxesOfAll(placed, ids);
  const whole = around(boxes.values());
  if (!whole || boxes.size < 3) return new Map();
  const size = along === 'x' ? 'width' : 'height';
  const sorted = [...boxes].toSorted(([, a], [, b]) => a[along] - b[along] || a[size] - b[size]);
  const taken = sorted.reduce((sum, [, box]) => sum + box[size], 0);
  const gap = (whole[size] - taken) / (boxes.size - 1);
  const at = new Map<NodeId, number>();
  let next = whole[along];
  for (const [id, box] of sorted) {
    at.set(id, next);
    next += box[size] + gap;
  }
  return moved(boxes, (box, id) => ({ ...box, [along]: at.get(id) ?? box[along] }));
}

/**
 * Levels the wires between these nodes: each node goes up or down to where the first of its wires from another of them
 * comes in straight.
 */
export function straightened(placed: Placed, ids: Iterable<NodeId>): Places {
  const { formula } = placed;
  const boxes = boxesOfAll(placed, ids);
  const tops = new Map([...boxes].map(([id, box]) => [id, box.y]));
  // From left to right: what a node is wired to stands where it will be.
  for (const [id] of [...boxes].toSorted(([, a], [, b]) => a.x - b.x)) {
    const node = nodeOf(formula, id);
    for (const [port, arg] of Object.entries(node?.args ?? {})) {
      const source = isRef(arg) ? nodeOf(formula, arg.from) : undefined;
      const top = isRef(arg) && arg.from !== id ? tops.get(arg.from) : undefined;
      if (!node || !source || !isRef(arg) || top === undefined) continue;
      const output = outputOf(source, arg) ?? FEED_HANDLE;
      const start = shapeIn(placed, arg.from)?.handles.find(
        (handle) => handle.side === 'output' && handle.id === output,
      );
      const end = shapeIn(placed, id)?.handles.find((handle) => handle.side === 'input' && handle.id === port);
      if (!start || !end) continue;
      tops.set(id, top + start.y - end.y);
      break;
    }
  }
  return moved(boxes, (box, id) => ({ x: box.x, y: tops.get(id) ?? box.y }));
}

/** Around each node. */
const ROOM = 12;
const STEP = { x: 46, y: 32 };
const FARTHEST = 40;

/** The place nearest to the wanted one at which a box of this height covers no node. */
export function freePlace(placed: Placed, wanted: Point, height: number): Point {
  const others = [...boxesOfAll(placed, placed.places.keys()).values()];
  const isFree = ({ x, y }: Point): boolean => {
    const box = { x: x - ROOM, y: y - ROOM, width: NODE_WIDTH + 2 * ROOM, height: height + 2 * ROOM };
    return !others.some((other) => overlap(other, box));
  };
  if (isFree(wanted)) return wanted;
  for (let ring = 1; ring <= FARTHEST; ring += 1) {
    const candidates: Point[] = [];
    for (let step = -ring; step <= ring; step += 1)
      for (const [dx, dy] of [
        [step, ring],
        [ring, step],
        [step, -ring],
        [-ring, step],
      ] as const)
        candidates.push({ x: wanted.x + dx * STEP.x, y: wanted.y + dy * STEP.y });
    candidates.sort((a, b) => distance(a, wanted) - distance(b, wanted));
    const found = candidates.find(isFree);
    if (found) return found;
  }
  const whole = around(others);
  return { x: wanted.x, y: whole ? whole.y + whole.height + 2 * ROOM : wanted.y };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** A line that shows along what a dragged node stands. */
export interface Guide {
  readonly along: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

interface Snap {
  readonly shift: Point;
  readonly guides: readonly Guide[];
}

/** How far boxes that are dragged have to go to stand in line with others, where that is no farther than `reach`. */
export function snapTo(dragged: Box, others: readonly Box[], reach: number): Snap {
  const shift = { x: 0, y: 0 };
  const guides: Guide[] = [];
  for (const along of ['x', 'y'] as const) {
    const found = nearest(dragged, others, along, reach);
    if (!found) continue;
    shift[along] = found.shift;
    const [across, size] = along === 'x' ? (['y', 'height'] as const) : (['x', 'width'] as const);
    guides.push({
      along,
      at: found.at,
      from: Math.min(dragged[across], found.box[across]),
      to: Math.max(dragged[across] + dragged[size], found.box[across] + found.box[size]),
    });
  }
  return { shift, guides };
}

const linesOf = (box: Box, along: 'x' | 'y'): readonly number[] => {
  const size = along === 'x' ? box.width : box.height;
  return [box[along], box[along] + size / 2, box[along] + size];
};

function nearest(
  dragged: Box,
  others: readonly Box[],
  along: 'x' | 'y',
  reach: number,
): { readonly shift: number; readonly at: number; readonly box: Box } | null {
  let best: { shift: number; at: number; box: Box } | null = null;
  const own = linesOf(dragged, along);
  for (const box of others)
    linesOf(box, along).forEach((at, index) => {
      // An edge to the same edge, a middle to a middle.
      const shift = at - (own[index] ?? 0);
      if (Math.abs(shift) <= reach && (best === null || Math.abs(shift) < Math.abs(best.shift)))
        best = { shift, at, box };
    });
  return best;
}
