import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOfAnswer } from './bytes-of-answer.ts';

it('is about what the value has as JSON: never a third less', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      // Escapes and the characters beyond ASCII are more bytes than characters.
      const bytes = JSON.stringify(value).length;
      expect(bytesOfAnswer(value) * 6).toBeGreaterThanOrEqual(bytes);
    }),
  );
  const trades = Array.from({ length: 5_000 }, (_, index) => ({
    side: 'long',
    entry: 100.12345678 + index,
    net: -index / 7,
  }));
  const [said, real] = [bytesOfAnswer({ trades }), JSON.stringify({ trades }).length];
  expect(said / real).toBeGreaterThan(0.9);
  expect(said / real).toBeLessThan(1.5);
});

it('of lists that are large looks at few items', () => {
  let looks = 0;
  const item = {
    get net() {
      looks += 1;
      return 1;
    },
  };
  expect(bytesOfAnswer(Array.from({ length: 100_000 }, () => item))).toBeGreaterThan(1_000_000);
  expect(looks).toBeLessThan(200);
});
