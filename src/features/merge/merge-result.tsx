'use client';
import { useMemo } from 'react';
import { DiffView } from '#features/diff/index.ts';
import { StillGraph } from '#features/graph/index.ts';
import { ConflictMark, ConflictMarks } from './conflict-marks.tsx';
import type { Merging } from './use-merging.ts';

/** What the merge would make of the strategy, on the canvas and in code, with conflicts at their nodes. */
export function MergeResult({ merging, title }: { readonly merging: Merging; readonly title: string }) {
  const { merging: all, chosen } = merging;
  const before = useMemo(() => (all ? { title: `${title} now`, formula: all.ours } : null), [all, title]);
  const after = useMemo(
    () => (chosen ? { title: `${title} after the merge`, formula: chosen.result.formula } : null),
    [chosen, title],
  );
  if (!before || !after || !chosen) return null;
  return (
    <ConflictMarks merging={merging}>
      {chosen.result.edits.length === 0 ? (
        // While nothing is taken: the strategy with the conflicts at its nodes.
        <StillGraph
          className="min-h-120 min-w-0"
          formula={before.formula}
          label={`${title} as a graph`}
          Mark={ConflictMark}
        />
      ) : (
        <DiffView before={before} after={after} Mark={ConflictMark} className="min-h-120 min-w-0 flex-1" />
      )}
    </ConflictMarks>
  );
}
