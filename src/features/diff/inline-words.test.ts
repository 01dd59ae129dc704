import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inlineWords } from './inline-words.ts';

test('what is gone stands before what has come in its place', () => {
  expect(inlineWords('a = sma(close, 10)', 'a = sma(open, 10)')).toEqual([
    { kind: 'same', text: 'a = sma(' },
    { kind: 'removed', text: 'close' },
    { kind: 'added', text: 'open' },
    { kind: 'same', text: ', 10)' },
  ]);
});

test('without what has come it is the first text, without what is gone the second', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', '(', '10'), { maxLength: 30 })
    .map((words) => words.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const words = inlineWords(before, after);
      const without = (gone: string): string =>
        words
          .filter(({ kind }) => kind !== gone)
          .map((word) => word.text)
          .join('');
      expect([without('added'), without('removed')]).toEqual([before, after]);
    }),
  );
});
