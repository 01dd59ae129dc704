import { expect, test } from 'vitest';
import { TypedText } from '#features/builder/session/typed-text.ts';
import { keepDraft } from '#features/comments/draft/use-draft.ts';
import { forgetPerson } from '#ui/kept/forget-person.ts';
import { countTexts, KEPT_TEXTS } from '#ui/kept/kept-texts.ts';

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
  for (const [key, value] of [
    ['theme', 'dark'],
    ['react-resizable-panels:split:builder', '{}'],
    ['navigation', 'narrow'],
  ] as const)
    store.setItem(key, value);
  const of = (userId: string) => new TypedText({ store, userId, formulaId: 'f', tab: 'one' });
  of('ada').tell([{ text: 'secret = rsi(', over: [], was: {}, behind: null, isAtEnd: true }], []);
  keepDraft('f/root', { text: 'Do not tell Ben', mentions: [] }, store);
  store.setItem(`${KEPT_TEXTS.outbox}ada:f:one`, '{}');
  store.setItem(`${KEPT_TEXTS.field}ada/f`, '[]');
  expect(countTexts(store)).toBe(4);
  store.setItem('backtest-settings', '{}');
  store.setItem('what somebody adds later', 'secret');
  forgetPerson(store);
  expect(of('ada').kept()).toEqual([]);
  expect(Array.from({ length: store.length }, (_, index) => store.key(index))).toEqual([
    'theme',
    'react-resizable-panels:split:builder',
    'navigation',
  ]);
});
