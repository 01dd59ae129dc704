/** What a person has written and not sent is kept in `localStorage` under keys that begin so. */
export const KEPT_TEXTS = { code: 'alphaloom-typed/', comment: 'comment-draft:' } as const;

type TextKeys = Pick<Storage, 'key' | 'length' | 'removeItem'>;

const keysOf = (storage: TextKeys): readonly string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => Object.values(KEPT_TEXTS).some((begin) => key.startsWith(begin)));

/** How many places there are with text that is nowhere but in this browser. */
export const countTexts = (storage: TextKeys): number => keysOf(storage).length;

/** Forgets all such text, whoever has written it: the next person at this browser is not to see it. */
export function forgetTexts(storage: TextKeys): void {
  for (const key of keysOf(storage)) storage.removeItem(key);
}
