'use client';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useState } from 'react';
import { describeChange } from '#core/diff/describe.ts';
import { diff, type Change } from '#core/diff/diff.ts';
import { check } from '#core/formula/check/check.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { FormulaGraph, GraphProvider, type NodeChangeKind } from '#features/graph/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { Dialog } from '#ui/overlays/dialog.tsx';
import { useFormula } from '../session/use-session.ts';

interface VersionDialogProps {
  readonly id: string;
  readonly number: number;
  readonly message: string;
  readonly onClose: () => void;
}

/** A version as it is kept, beside what has changed in the formula since. Nothing can be edited here. */
export function VersionDialog({ id, number, message, onClose }: VersionDialogProps) {
  const trpc = useTRPC();
  const version = useQuery(trpc.version.get.queryOptions({ id }));
  const formula = useMemo(() => (version.data ? fromJsonText(version.data.json).formula : null), [version.data]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Version ${number}`}
      description={message === '' ? 'A version never changes.' : message}
      width="xl"
    >
      {version.isError ? (
        <Problem title={explainError(version.error).title}>{explainError(version.error).advice}</Problem>
      ) : formula ? (
        <VersionGraph formula={formula} number={number} />
      ) : (
        <Skeleton className="h-[50vh]" />
      )}
    </Dialog>
  );
}

/** More differences than these are counted, not listed. */
const MOST_LISTED = 50;

function VersionGraph({ formula, number }: { readonly formula: Formula; readonly number: number }) {
  const draft = useDeferredValue(useFormula());
  const [selection, setSelection] = useState<ReadonlySet<NodeId>>(new Set());
  const checked = useMemo(() => check(formula), [formula]);
  const changes = useMemo(() => diff(formula, draft).changes, [formula, draft]);
  const marks = useMemo(() => marksOf(changes), [changes]);
  return (
    <>
      <div className="h-[50vh] overflow-hidden rounded-lg border bg-canvas">
        <GraphProvider>
          <FormulaGraph
            formula={formula}
            checked={checked}
            selection={selection}
            onSelect={(change) => setSelection((before) => new Set(change(before)))}
            changes={marks}
            label={`Version ${number} as a graph`}
            fitFirst
          />
        </GraphProvider>
      </div>
      <h3 className="mt-4 font-semibold">Changed since</h3>
      {changes.length === 0 ? (
        <p className="text-muted">Nothing: the strategy still says the same.</p>
      ) : (
        <ul className="mt-1 space-y-0.5" aria-label="Changed since">
          {changes.slice(0, MOST_LISTED).map((change) => (
            <li key={describeChange(change)} className="wrap-anywhere text-muted">
              {describeChange(change)}
            </li>
          ))}
          {changes.length > MOST_LISTED ? (
            <li className="text-faint">and {changes.length - MOST_LISTED} more</li>
          ) : null}
        </ul>
      )}
    </>
  );
}

/** What became of the version's nodes. Nodes that are new since are in the list alone. */
function marksOf(changes: readonly Change[]): ReadonlyMap<NodeId, NodeChangeKind> {
  const marks = new Map<NodeId, NodeChangeKind>();
  for (const change of changes) {
    if (change.kind === 'removed') marks.set(change.id, 'removed');
    else if ('id' in change && change.kind !== 'added') marks.set(change.id, 'changed');
  }
  return marks;
}
