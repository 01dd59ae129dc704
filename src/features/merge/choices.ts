import { keysOf } from '#core/merge/change-keys.ts';
import type { MergeChange } from '#core/merge/merge.ts';

/** What somebody has decided, by the keys of the changes: taken, or left. What nobody has decided follows a rule. */
export type Choices = ReadonlyMap<string, boolean>;

export interface Chooser {
  readonly theirs: readonly MergeChange[];
  readonly keys: readonly string[];
}

export const chooserOf = (theirs: readonly MergeChange[]): Chooser => ({ theirs, keys: keysOf(theirs) });

/** What is offered: what the other side has done in the same way is no question. */
export const isOffered = ({ isShared }: MergeChange): boolean => !isShared;

/**
 * The places of what is taken: what was chosen, and what nothing stands against while nobody has left it. Without what
 * lacks something that it needs.
 */
export function takenOf({ theirs, keys }: Chooser, choices: Choices): ReadonlySet<number> {
  const wanted = new Set(
    theirs.flatMap((change, place) =>
      (choices.get(keys[place] ?? '') ?? change.conflicts.length === 0) ? [place] : [],
    ),
  );
  for (let size = -1; size !== wanted.size;) {
    size = wanted.size;
    for (const place of wanted) if (theirs[place]?.needs.some((need) => !wanted.has(need))) wanted.delete(place);
  }
  return wanted;
}

/** The choices after one change is taken with all that it needs, or left with all that needs it. */
export function choose({ theirs, keys }: Chooser, choices: Choices, place: number, isTaken: boolean): Choices {
  const concerned = new Set([place]);
  for (const one of concerned)
    theirs.forEach(({ needs }, other) => {
      if (isTaken ? theirs[one]?.needs.includes(other) : needs.includes(one)) concerned.add(other);
    });
  return new Map([...choices, ...[...concerned].map((one) => [keys[one] ?? '', isTaken] as const)]);
}

/** Conflicts that nobody has decided yet. */
export const openConflicts = ({ theirs, keys }: Chooser, choices: Choices): readonly number[] =>
  theirs.flatMap((change, place) =>
    isOffered(change) && change.conflicts.length > 0 && !choices.has(keys[place] ?? '') ? [place] : [],
  );
