'use client';
import { useMemo, useState } from 'react';
import { check } from '#core/formula/check/check.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { DiffView } from '#features/diff/index.ts';
import { FormulaGraph, GraphProvider } from '#features/graph/index.ts';
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
        <Unchanged formula={before.formula} title={title} />
      ) : (
        <DiffView before={before} after={after} Mark={ConflictMark} className="min-h-120 min-w-0 flex-1" />
      )}
    </ConflictMarks>
  );
}

/** While nothing is taken: the strategy with the conflicts at its nodes. */
function Unchanged({ formula, title }: { readonly formula: Formula; readonly title: string }) {
  const checked = useMemo(() => check(formula), [formula]);
  const [selection, setSelection] = useState<ReadonlySet<NodeId>>(new Set());
  return (
    <div className="min-h-120 min-w-0 flex-1 bg-canvas">
      <GraphProvider>
        <FormulaGraph
          formula={formula}
          checked={checked}
          selection={selection}
          onSelect={(change) => setSelection((before) => new Set(change(before)))}
          label={`${title} as a graph`}
          Mark={ConflictMark}
          fitFirst
        />
      </GraphProvider>
    </div>
  );
}
