import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { boxOf, overlap, type Placed } from './boxes.ts';
import { NODE_WIDTH, nodeHeight } from './node-shape.ts';
import { aligned, distributed, freePlace, snapTo, straightened } from './order.ts';
import { endsOf } from './wire-path.ts';

const { formula } = parse(
  'fast = ema(close, 10)\nslow = ema(close, 40)\nup = crossover(fast, slow)\nbuy(when: up and close > 3)\n',
);
const ids = Object.keys(formula.nodes);
const point = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });
const placedBy = (points: readonly Point[]): Placed => ({
  formula,
  places: new Map(ids.map((id, index) => [id, points[index] ?? { x: 0, y: 0 }])),
});
const placed = fc.array(point, { minLength: ids.length, maxLength: ids.length }).map(placedBy);
const after = ({ places }: Placed, moves: ReadonlyMap<NodeId, Point>): Placed => ({
  formula,
  places: new Map([...places, ...moves]),
});
const boxes = (at: Placed) => ids.map((id) => boxOf(at, id)).filter((box) => box !== null);

test('aligned nodes stand in one line, and aligning again moves nothing', () => {
  const line = {
    left: (box: { x: number }) => box.x,
    top: (box: { y: number }) => box.y,
    right: (box: { x: number; width: number }) => box.x + box.width,
    bottom: (box: { y: number; height: number }) => box.y + box.height,
  };
  fc.assert(
    fc.property(placed, fc.constantFrom('left', 'top', 'right', 'bottom'), (at, side) => {
      const moved = after(at, aligned(at, ids, side));
      expect(new Set(boxes(moved).map(line[side])).size).toBe(1);
      expect(aligned(moved, ids, side).size).toBe(0);
      for (const id of ids) {
        const axis = side === 'left' || side === 'right' ? 'y' : 'x';
        expect(moved.places.get(id)?.[axis]).toBe(at.places.get(id)?.[axis]);
      }
    }),
  );
});

test('distributed nodes have the same room between them, the outermost staying', () => {
  fc.assert(
    fc.property(placed, fc.constantFrom('x', 'y'), (at, along) => {
      const size = along === 'x' ? 'width' : 'height';
      const sorted = (of: Placed) => boxes(of).toSorted((a, b) => a[along] - b[along]);
      const moved = sorted(after(at, distributed(at, ids, along)));
      const gaps = moved
        .slice(1)
        .map((box, index) => box[along] - (moved[index]?.[along] ?? 0) - (moved[index]?.[size] ?? 0));
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(2);
      const ends = (of: readonly { x: number; y: number; width: number; height: number }[]) => [
        Math.min(...of.map((box) => box[along])),
        Math.max(...of.map((box) => box[along] + box[size])),
      ];
      const [before, now] = [ends(boxes(at)), ends(moved)];
      before.forEach((end, index) => expect(Math.abs(end - (now[index] ?? 0))).toBeLessThanOrEqual(1));
    }),
  );
});

test('a chain that is straightened has level wires', () => {
  const chain: Formula = parse('a = ema(close, 10)\nb = ema(a, 20)\nc = ema(b, 30)\n').formula;
  const nodes = Object.keys(chain.nodes);
  const at: Placed = {
    formula: chain,
    places: new Map(nodes.map((id, index) => [id, { x: index * 200, y: (index * 67) % 90 }])),
  };
  const moved: Placed = { formula: chain, places: new Map([...at.places, ...straightened(at, nodes)]) };
  for (const node of nodes) {
    const ends = endsOf(moved, { node, port: 'source' });
    if (ends) expect(ends[0].y).toBe(ends[1].y);
  }
});

test('a free place is the wanted one, or covers nothing', () => {
  fc.assert(
    fc.property(placed, point, fc.constantFrom(...Object.values(formula.nodes)), (at, wanted, node) => {
      const height = nodeHeight(node);
      const found = freePlace(at, wanted, height);
      const covers = (place: Point) => boxes(at).some((box) => overlap(box, { ...place, width: NODE_WIDTH, height }));
      expect(covers(found)).toBe(false);
    }),
  );
  expect(freePlace({ formula, places: new Map() }, { x: 3, y: 4 }, 90)).toEqual({ x: 3, y: 4 });
});

test('a node snaps to what is in reach, and says along what', () => {
  const other = { x: 100, y: 50, width: 172, height: 90 };
  const near = snapTo({ x: 97, y: 300, width: 172, height: 40 }, [other], 6);
  expect(near.shift).toEqual({ x: 3, y: 0 });
  expect(near.guides).toEqual([{ along: 'x', at: 100, from: 50, to: 340 }]);
  expect(snapTo({ x: 80, y: 300, width: 172, height: 40 }, [other], 6)).toEqual({ shift: { x: 0, y: 0 }, guides: [] });
  const middle = snapTo({ x: 600, y: 77, width: 172, height: 40 }, [other], 6);
  expect(middle.shift).toEqual({ x: 0, y: -2 });
});
