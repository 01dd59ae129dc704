import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SKETCH_HEIGHT, sketchOf } from './sketch.ts';

const equity = fc.array(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), { maxLength: 400 });

test('a sketch has at most 24 whole heights within its picture, whatever the equity', () => {
  fc.assert(
    fc.property(equity, (values) => {
      const sketch = sketchOf(Float64Array.from(values));
      expect(sketch.length).toBe(Math.min(24, values.length));
      for (const height of sketch) {
        expect(Number.isInteger(height)).toBe(true);
        expect(height).toBeGreaterThanOrEqual(0);
        expect(height).toBeLessThanOrEqual(SKETCH_HEIGHT);
      }
    }),
  );
});

test('a sketch begins and ends where the equity does, and rises where the equity rises', () => {
  const rising = Float64Array.from({ length: 1000 }, (_, bar) => 10_000 + bar);
  const sketch = sketchOf(rising);
  expect([sketch[0], sketch.at(-1)]).toEqual([0, SKETCH_HEIGHT]);
  expect(sketch).toEqual(sketch.toSorted((a, b) => a - b));
  expect(sketchOf(rising.toReversed())).toEqual(sketch.toReversed());
  expect(new Set(sketchOf(new Float64Array(50).fill(10_000)))).toEqual(new Set([0]));
});
