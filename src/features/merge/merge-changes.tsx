'use client';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { isOffered } from './choices.ts';
import { Conflict } from './conflict.tsx';
import type { Merging } from './use-merging.ts';

/** Every change that is offered, to be taken or left: conflicts first. */
export function MergeChanges({ merging }: { readonly merging: Merging }) {
  const { merging: all, chosen } = merging;
  if (!all || !chosen) return null;
  const offered = all.theirs.flatMap((change, place) => (isOffered(change) ? [{ change, place }] : []));
  const conflicts = offered.filter(({ change }) => change.conflicts.length > 0);
  const others = offered.filter(({ change }) => change.conflicts.length === 0);
  const shared = all.theirs.length - offered.length;
  return (
    <div className="space-y-4 p-4">
      {conflicts.length > 0 ? (
        <section aria-label="Conflicts" className="space-y-3">
          <h2 className="font-semibold">Both have changed</h2>
          {conflicts.map(({ place }) => (
            <div key={place} className="rounded-md border border-warn/50 p-2">
              <Conflict merging={merging} place={place} />
            </div>
          ))}
        </section>
      ) : null}
      {others.length > 0 ? (
        <section aria-label="Changes" className="space-y-2">
          <h2 className="font-semibold">Changes</h2>
          {others.map(({ change, place }) => (
            <Checkbox
              key={place}
              checked={chosen.taken.has(place)}
              onChange={(isTaken) => merging.take(place, isTaken)}
              label={change.sentences.map((sentence, at) => (
                <span key={`${at} ${sentence}`} className="block wrap-anywhere">
                  {sentence}
                </span>
              ))}
              hint={
                change.needs.length > 0
                  ? `Needs: ${change.needs.flatMap((need) => all.theirs[need]?.sentences[0] ?? []).join('; ')}`
                  : undefined
              }
            />
          ))}
        </section>
      ) : null}
      {shared > 0 ? (
        <p className="text-xs text-muted">
          {shared === 1 ? 'One change is' : `${shared} changes are`} the same on both sides already.
        </p>
      ) : null}
    </div>
  );
}
