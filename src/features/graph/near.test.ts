import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRef } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { boxOf, holds, overlap } from './boxes.ts';
import { MOST_WIRES, nearOf, sightOf, windowFor } from './near.ts';
import { placeMissing } from './place-missing.ts';
import { endsOf } from './wire-path.ts';

const size = { width: 900, height: 560 };
const viewport = fc.record({
  x: fc.integer({ min: -3000, max: 3000 }),
  y: fc.integer({ min: -3000, max: 3000 }),
  zoom: fc.double({ min: 0.02, max: 2.5, noNaN: true }),
});

test('what is in sight is always in the window, which is never many times as large', () => {
  fc.assert(
    fc.property(fc.array(viewport, { minLength: 1, maxLength: 20 }), (views) => {
      let window = null as ReturnType<typeof windowFor>;
      for (const view of views) {
        const sight = sightOf(view, size);
        window = windowFor(window, sight);
        expect(window && holds(window, sight)).toBe(true);
        expect((window?.width ?? 0) / sight.width).toBeLessThan(2.7);
      }
    }),
  );
});

test('a small move of the view needs no other nodes', () => {
  const at = sightOf({ x: 0, y: 0, zoom: 1 }, size);
  const window = windowFor(null, at);
  expect(windowFor(window, sightOf({ x: -200, y: 100, zoom: 1 }, size))).toBe(window);
  expect(windowFor(window, sightOf({ x: -900, y: 0, zoom: 1 }, size))).not.toBe(window);
  expect(windowFor(window, { ...at, width: 0 })).toBeNull();
});

test('whatever can be seen or is held is near, with both ends of each wire', () => {
  fc.assert(
    fc.property(arbitraryFormula({ maxStatements: 8 }), viewport, fc.nat(), (formula, view, choice) => {
      const placed = { formula, places: placeMissing(formula) };
      const window = windowFor(null, sightOf(view, size));
      const ids = Object.keys(formula.nodes);
      const held = new Set(ids.slice(0, choice % 3));
      const near = nearOf(placed, { window, kept: held, level: 'fields' });
      const given = new Set(near.nodes);
      for (const id of ids) {
        const box = boxOf(placed, id);
        if (held.has(id) || (box && window && overlap(box, window))) expect(given.has(id)).toBe(true);
      }
      expect(near.nodes).toEqual(ids.filter((id) => given.has(id)));
      for (const { node, port } of near.wires) {
        const arg = formula.nodes[node]?.args[port];
        expect(given.has(node) && isRef(arg) && given.has(arg.from)).toBe(true);
        expect(endsOf(placed, { node, port })).not.toBeNull();
      }
      const wireCount = ids.flatMap((id) => Object.values(formula.nodes[id]?.args ?? {}).filter(isRef)).length;
      expect(near.wires.length + near.pictured.length).toBeLessThanOrEqual(wireCount);
    }),
  );
});

test('of a large formula React Flow gets what is near alone, and few wires even where all is in sight', () => {
  const ids = Array.from({ length: 2_000 }, (_, index) => `n${index}`);
  const formula = {
    format: 'alphaloom/formula@1' as const,
    nodes: Object.fromEntries(
      ids.map((id, index) => [id, { block: 'sma', args: index === 0 ? {} : { source: { from: `n${index - 1}` } } }]),
    ),
  };
  const places = new Map(ids.map((id, index) => [id, { x: (index % 50) * 208, y: Math.floor(index / 50) * 110 }]));
  const placed = { formula, places };
  const close = nearOf(placed, {
    window: windowFor(null, sightOf({ x: -3000, y: -1500, zoom: 1 }, size)),
    kept: new Set(),
    level: 'fields',
  });
  expect(close.nodes.length).toBeLessThan(200);
  expect(close.pictured).toEqual([]);
  const all = windowFor(null, sightOf({ x: 0, y: 0, zoom: 0.08 }, size));
  const whole = nearOf(placed, { window: all, kept: new Set(['n7']), level: 'titles' });
  expect(whole.nodes).toHaveLength(2_000);
  expect(whole.wires).toEqual([
    { node: 'n7', port: 'source', from: 'n6' },
    { node: 'n8', port: 'source', from: 'n7' },
  ]);
  expect(whole.pictured.length).toBeGreaterThan(MOST_WIRES);
  const picture = nearOf(placed, { window: all, kept: new Set(['n7']), level: 'colours' });
  expect([picture.isPicture, picture.nodes]).toEqual([true, ['n6', 'n7', 'n8']]);
  expect(picture.wires).toEqual(whole.wires);
});

test('nodes without a place cover nothing, however many there are', () => {
  fc.assert(
    fc.property(arbitraryFormula({ maxStatements: 8 }), fc.nat(), (formula, choice) => {
      const ids = Object.keys(formula.nodes);
      const kept = Object.fromEntries(ids.slice(0, choice % 3).map((id, index) => [id, { x: index * 260, y: 17 }]));
      const placed = { formula, places: placeMissing({ ...formula, layout: kept }) };
      const boxes = ids.flatMap((id) => boxOf(placed, id) ?? []);
      expect(boxes).toHaveLength(ids.length);
      boxes.forEach((a, index) => boxes.slice(index + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
    }),
  );
  // Many that want the same place: a walk over all of them for each would take minutes.
  const many = Object.fromEntries(
    Array.from({ length: 4_000 }, (_, index) => [`n${index}`, { block: 'close', args: {} }]),
  );
  expect(placeMissing({ format: 'alphaloom/formula@1', nodes: many }).size).toBe(4_000);
});

test('a node that shows all of its ports covers what it then needs', () => {
  const formula = { format: 'alphaloom/formula@1' as const, nodes: { a: { block: 'buy', args: {} } } };
  const places = new Map([['a', { x: 0, y: 0 }]]);
  const few = boxOf({ formula, places }, 'a')?.height ?? 0;
  expect(boxOf({ formula, places, opened: new Set(['a']) }, 'a')?.height).toBeGreaterThan(few);
});
