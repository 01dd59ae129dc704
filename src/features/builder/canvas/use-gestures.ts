'use client';
import { useEffect, useMemo } from 'react';
import { withCalls } from '#core/formula/functions/with-calls.ts';
import type { GraphGestures } from '#features/graph/index.ts';
import { useCanEdit, useFormulaSession } from '../session/use-session.ts';

/** What gestures on the graph do to the shared formula. None for those who may not edit. */
export function useGestures({ pick, copy }: Pick<GraphGestures, 'pick' | 'copy'>): GraphGestures | undefined {
  const session = useFormulaSession();
  const canEdit = useCanEdit();
  // Whoever loses the right in the middle of a drag shows the others none any more.
  useEffect(() => {
    if (!canEdit) session.show({ drag: null });
  }, [session, canEdit]);
  return useMemo(
    () =>
      canEdit
        ? {
            edit: (edits, gesture) => session.edit(withCalls(session.snapshot().formula, edits), gesture),
            drag: (places) =>
              session.show({
                drag: places && Object.fromEntries([...places].map(([id, { x, y }]) => [id, [x, y] as const])),
              }),
            pick,
            copy,
            enter: (field) => session.show({ field }),
            texts: session.fields,
          }
        : undefined,
    [session, canEdit, pick, copy],
  );
}
