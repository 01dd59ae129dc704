import { expect, test } from 'vitest';
import { TypedText } from '#features/builder/session/typed-text.ts';
import { keepDraft } from '#features/comments/draft/use-draft.ts';
import { countTexts, forgetTexts } from '#ui/kept-texts.ts';

/** `localStorage`, without a browser. */
function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    clear: () => kept.clear(),
    get length() {
      return kept.size;
    },
  };
}

test('what is typed and not taken, and comments that are not sent, are counted and forgotten when their writer signs out', () => {
  const store = storage();
  store.setItem('alphaloom-theme', 'dark');
  const of = (userId: string) => new TypedText({ store, userId, formulaId: 'f', tab: 'one' });
  of('ada').tell([{ text: 'secret = rsi(', over: [], behind: null, isAtEnd: true }], []);
  keepDraft('f/root', { text: 'Do not tell Ben', mentions: [] }, store);
  expect(countTexts(store)).toBe(2);
  forgetTexts(store);
  expect([of('ada').kept(), countTexts(store), store.getItem('alphaloom-theme')]).toEqual([[], 0, 'dark']);
});
