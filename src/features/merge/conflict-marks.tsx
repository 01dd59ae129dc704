'use client';
import { Check, TriangleAlert } from 'lucide-react';
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { NodeId } from '#core/formula/model/formula.ts';
import type { MergeChange } from '#core/merge/merge.ts';
import type { NodeMarkProps } from '#features/graph/index.ts';
import { cx } from '#ui/format/cx.ts';
import { Popover } from '#ui/overlays/popover.tsx';
import { Conflict } from './conflict.tsx';
import type { Merging } from './use-merging.ts';

interface Marked {
  readonly merging: Merging;
  readonly places: ReadonlyMap<NodeId, readonly number[]>;
}

const ConflictsContext = createContext<Marked | null>(null);

const nodesOf = (change: MergeChange | undefined): readonly NodeId[] =>
  change?.changes.flatMap((one) => ('id' in one ? [one.id] : [])) ?? [];

/** Tells the nodes of a canvas which conflicts are about them. */
export function ConflictMarks({ merging, children }: { readonly merging: Merging; readonly children: ReactNode }) {
  const value = useMemo((): Marked => {
    const places = new Map<NodeId, number[]>();
    merging.merging?.theirs.forEach((change, place) => {
      if (change.conflicts.length === 0 || change.isShared) return;
      const ours = change.conflicts.flatMap((other) => nodesOf(merging.merging?.changes[other]));
      for (const node of new Set([...nodesOf(change), ...ours])) places.set(node, [...(places.get(node) ?? []), place]);
    });
    return { merging, places };
  }, [merging]);
  return <ConflictsContext value={value}>{children}</ConflictsContext>;
}

/** At the corner of a node: what both sides have made of it, and the choice between them. */
export function ConflictMark({ node, label }: NodeMarkProps) {
  const marked = use(ConflictsContext);
  const places = marked?.places.get(node);
  if (!marked || !places) return null;
  const isOpen = places.some((place) => !marked.merging.isDecided(place));
  return (
    <Popover
      label={`Conflict at ${label}`}
      trigger={
        <button
          type="button"
          className={cx(
            'nodrag nopan absolute -top-3 -right-2 inline-flex size-6 items-center justify-center rounded-full border shadow-raised',
            isOpen ? 'bg-warn-soft text-warn' : 'bg-good-soft text-good',
          )}
          aria-label={`${isOpen ? 'Conflict' : 'Decided conflict'} at ${label}`}
        >
          {isOpen ? <TriangleAlert className="size-3.5" aria-hidden /> : <Check className="size-3.5" aria-hidden />}
        </button>
      }
    >
      <div className="w-72 space-y-2 p-3">
        {places.map((place) => (
          <Conflict key={place} merging={marked.merging} place={place} />
        ))}
      </div>
    </Popover>
  );
}
