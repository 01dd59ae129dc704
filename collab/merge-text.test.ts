import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeText } from './merge-text.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 12 });

test('who changes a text alone has it, and two who did the same did it once', () => {
  fc.assert(
    fc.property(text, text, (base, other) => {
      expect(mergeText(base, base, other)).toBe(other);
      expect(mergeText(base, other, base)).toBe(other);
      expect(mergeText(base, other, other)).toBe(other);
    }),
  );
});

test('what two people add is there, whole, whatever the order', () => {
  fc.assert(
    fc.property(text, fc.nat(12), fc.nat(12), (base, first, second) => {
      const put = (at: number, word: string) => base.slice(0, at) + word + base.slice(at);
      const merged = mergeText(
        base,
        put(Math.min(first, base.length), 'ADA'),
        put(Math.min(second, base.length), 'BEN'),
      );
      expect(merged).toContain('ADA');
      expect(merged).toContain('BEN');
      expect(merged.length).toBe(base.length + 6);
    }),
  );
});

test.each([
  ['start', 'start ADA', 'start BEN', 'start ADA BEN'],
  ['one two', 'ONE two', 'one TWO', 'ONE TWO'],
  ['why', 'because', 'therefore', 'because\ntherefore'],
])('%j as %j and %j is %j', (base, theirs, mine, merged) => {
  expect(mergeText(base, theirs, mine)).toBe(merged);
});
