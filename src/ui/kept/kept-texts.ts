/** What a person has written and not sent is kept in `localStorage` under keys that begin so. */
export const KEPT_TEXTS = {
  code: 'alphaloom-typed/',
  field: 'alphaloom-field/',
  comment: 'comment-draft:',
  outbox: 'comment-outbox:',
} as const;

type TextKeys = Pick<Storage, 'key' | 'length'>;

export const keysOf = (storage: TextKeys): readonly string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');

/** How many places there are with text that is nowhere but in this browser. */
export const countTexts = (storage: TextKeys): number =>
  keysOf(storage).filter((key) => Object.values(KEPT_TEXTS).some((begin) => key.startsWith(begin))).length;
