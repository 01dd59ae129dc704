import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textChanges } from './text-changes.ts';

const text = fc
  .array(fc.constantFrom('a = 1\n', 'b = sma(close, 3)\n', 'b = sma(close, 4)\n', '\n', '# note\n', 'x'), {
    maxLength: 12,
  })
  .map((lines) => lines.join(''));

const apply = (before: string, changes: ReturnType<typeof textChanges>): string =>
  changes.reduceRight((result, { from, to, insert }) => result.slice(0, from) + insert + result.slice(to), before);

test('the changes make the one text of the other, in order and without overlap', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = textChanges(before, after);
      expect(apply(before, changes)).toBe(after);
      changes.forEach((change, index) => expect(change.from).toBeGreaterThanOrEqual(changes[index - 1]?.to ?? 0));
    }),
    { numRuns: 2000 },
  );
});

test('a changed number is a change of that number', () => {
  expect(textChanges('a = 1\nb = sma(close, 3)\nc = 2\n', 'a = 1\nb = sma(close, 4)\nc = 2\n')).toEqual([
    { from: 21, to: 22, insert: '4' },
  ]);
});
