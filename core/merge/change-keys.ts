import { hashCode } from '#core/formula/language/hash.ts';
import type { MergeChange } from './merge.ts';

/** Hexadecimal digits of a key: enough for a few thousand changes. */
const DIGITS = 16;

/**
 * A name for each change of one side, by what it says: whoever has seen a merge can ask for the same change of it when
 * the other side has moved on, and the places of the changes with it. Changes that say the same are counted.
 */
export function keysOf(changes: readonly MergeChange[]): readonly string[] {
  const seen = new Map<string, number>();
  return changes.map(({ sentences }) => {
    const key = hashCode(sentences.join('\n')).slice(0, DIGITS);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}-${count}`;
  });
}
