import type { Findable } from '../findable.ts';
import type { Draft } from './draft.ts';

/** Names have spaces, but nobody types more than this to find somebody. */
const LONGEST_QUERY = 40;
const MOST_SHOWN = 6;

export interface MentionQuery {
  /** From the `@` to the caret. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What is typed at the caret to find a person: an `@` at the start of a word and what follows it. */
export function queryAt({ text, mentions }: Draft, caret: number): MentionQuery | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || caret - from > LONGEST_QUERY || mentions.some((known) => known.from <= from && from < known.to))
    return null;
  const typed = text.slice(from + 1, caret);
  // The address ada@example.com is no mention.
  const isWord = from === 0 || /[\s([{"'/]/.test(text[from - 1] ?? '');
  return isWord && !/[\n@]|^\s/.test(typed) ? { from, to: caret, text: typed } : null;
}

/** Those whose name, or a part of it, or address begins like this; who is called so comes first. */
export function findPeople<T extends Findable>(people: readonly T[], query: string): readonly T[] {
  const wanted = query.trim().toLowerCase();
  const rank = ({ name, email }: Findable): number => {
    const called = name.toLowerCase();
    if (called.startsWith(wanted)) return 0;
    if (called.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
    return email.toLowerCase().startsWith(wanted) ? 2 : 3;
  };
  return people
    .map((person) => ({ person, rank: rank(person) }))
    .filter(({ rank: found }) => found < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_SHOWN)
    .map(({ person }) => person);
}
