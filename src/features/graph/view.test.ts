import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openingView, READABLE, stepTo, viewOf, viewportOf, type Box, type Viewport } from './view.ts';

test('screens of two sizes show the same middle at the same zoom', () => {
  const view = viewOf({ x: -120, y: 40, zoom: 0.8 }, { width: 900, height: 500 });
  const narrow = { width: 390, height: 300 };
  expect(viewOf(viewportOf(view, narrow), narrow)).toEqual(view);
});

test('somebody who follows arrives, and then stays', () => {
  const to = { x: 500, y: -200, zoom: 2 };
  let at = { x: 0, y: 0, zoom: 0.5 };
  let steps = 0;
  for (; steps < 100 && at !== to; steps += 1) at = stepTo(at, to, 0.3);
  expect(at).toBe(to);
  expect(steps).toBeLessThan(30);
  expect(stepTo(to, to, 0.3)).toBe(to);
});

test('without motion the way is one step', () => {
  const to = { x: 500, y: -200, zoom: 2 };
  expect(stepTo({ x: 0, y: 0, zoom: 1 }, to, 1)).toBe(to);
});

const SCREEN = { width: 800, height: 500 };
const corners = ({ x, y, zoom }: Viewport, box: Box) => ({
  left: box.x * zoom + x,
  top: box.y * zoom + y,
  right: (box.x + box.width) * zoom + x,
  bottom: (box.y + box.height) * zoom + y,
});
const box = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  width: fc.integer({ min: 180, max: 20_000 }),
  height: fc.integer({ min: 40, max: 9000 }),
});

test('a formula opens at a size that can be read, whole or at its end', () => {
  fc.assert(
    fc.property(box, fc.double({ min: 0, max: 1, noNaN: true }), (graph, share) => {
      const focus = graph.y + graph.height * share;
      const view = openingView(graph, SCREEN, { ends: [{ ...graph, y: focus, height: 0 }] });
      const { left, top, right, bottom } = corners(view, graph);
      expect(view.zoom).toBeGreaterThanOrEqual(READABLE);
      expect(view.zoom).toBeLessThanOrEqual(1);
      expect(right).toBeLessThan(SCREEN.width);
      expect(right).toBeGreaterThan(0);
      // Never more room left empty than the graph leaves: what does not fit fills the screen.
      if (bottom - top > SCREEN.height) {
        expect(top).toBeLessThan(30);
        expect(bottom).toBeGreaterThan(SCREEN.height - 30);
        const at = focus * view.zoom + view.y;
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(SCREEN.height);
      }
      if (right - left <= SCREEN.width - 48) expect(left).toBeGreaterThanOrEqual(23);
    }),
  );
});

test('an action is in sight as a formula opens, on any screen that has room for it', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const end = (graph: Box, [right, down]: readonly [number, number]): Box => ({
    width: 170,
    height: 40,
    x: graph.x + (graph.width - 170) * right,
    y: graph.y + (graph.height - 40) * down,
  });
  fc.assert(
    fc.property(
      box,
      fc.tuple(share, share),
      fc.tuple(share, share),
      fc.record({ width: fc.integer({ min: 260, max: 1600 }), height: fc.integer({ min: 180, max: 1000 }) }),
      (graph, one, two, screen) => {
        const [first, second] = [end(graph, one), end(graph, two)];
        const [x, y] = [Math.min(first.x, second.x), Math.min(first.y, second.y)];
        const both: Box = {
          x,
          y,
          width: Math.max(first.x, second.x) + 170 - x,
          height: Math.max(first.y, second.y) + 40 - y,
        };
        const view = openingView(graph, screen, { ends: [both, first] });
        const { left, top, right, bottom } = corners(view, first);
        expect(left).toBeGreaterThan(-0.001);
        expect(top).toBeGreaterThan(-0.001);
        expect(right).toBeLessThan(screen.width + 0.001);
        expect(bottom).toBeLessThan(screen.height + 0.001);
      },
    ),
  );
});
