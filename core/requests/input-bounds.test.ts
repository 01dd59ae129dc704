import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundsProblem } from './input-bounds.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** How deep a value is, and its pieces, counted in the value itself. */
function sizeOf(value: unknown): { depth: number; pieces: number } {
  if (typeof value === 'string') return { depth: 0, pieces: 1 };
  if (typeof value !== 'object' || value === null) return { depth: 0, pieces: 0 };
  const parts = Object.values(value).map(sizeOf);
  const names = Array.isArray(value) ? 0 : parts.length;
  return {
    depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
    pieces: parts.reduce((sum, { pieces }) => sum + pieces, 1 + names + Math.max(0, parts.length - 1)),
  };
}

it('text is counted as the value that it means, whatever is within its texts', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\\"[\]{},]{0,9}$/));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(text, tie('value'), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(value, fc.constantFrom(0, 1, 2), (given, space) => {
      const json = bytes(JSON.stringify(given, null, space));
      const { depth, pieces } = sizeOf(JSON.parse(new TextDecoder().decode(json)));
      expect(boundsProblem(json, { depth, pieces })).toBeNull();
      if (depth > 0) expect(boundsProblem(json, { depth: depth - 1, pieces })).toMatch(/deep/);
      if (pieces > 0) expect(boundsProblem(json, { depth, pieces: pieces - 1 })).toMatch(/values/);
    }),
  );
});

it('nothing is looked at behind what is too much', () => {
  const read = { furthest: 0 };
  const json = new Proxy(bytes(`{"json":${'['.repeat(100_000)}`), {
    get: (target, key) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) read.furthest = Number(key);
      const found: unknown = Reflect.get(target, key, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  expect(boundsProblem(json)).toMatch(/deep/);
  expect(read.furthest).toBeLessThan(100);
});

it('text that ends in the middle is counted too', () => {
  for (const text of ['', '"', '"\\', '"\\"', '{"a', '[', ']]]', '"\\\\', '\\"'])
    expect(boundsProblem(bytes(text))).toBeNull();
});
