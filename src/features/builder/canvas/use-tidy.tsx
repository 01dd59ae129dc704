'use client';
import { useCallback, useEffect, useRef } from 'react';
import type { Edit } from '#core/formula/model/edit.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { isStill, straightenedAmong, tidyLayout, useGraphView } from '#features/graph/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { useFormulaSession } from '../session/use-session.ts';

/** From here on somebody may want to stop it, in milliseconds. */
const SAY_AFTER = 700;

/**
 * Lays the selection out where it stands, or the whole formula: one step of undo, found in a worker that can be
 * stopped.
 */
export function useTidy(): () => void {
  const session = useFormulaSession();
  const view = useGraphView();
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  return useCallback(() => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    const { selection } = session.snapshot();
    const { formula } = view.placed();
    const ids = selection.size > 1 ? selection : null;
    let message: string | number | undefined;
    const say = setTimeout(() => {
      message = toast.loading('Tidying up …', {
        duration: Infinity,
        action: { label: 'Stop', onClick: () => stop.abort() },
      });
    }, SAY_AFTER);
    const end = (): void => {
      clearTimeout(say);
      if (message !== undefined) toast.dismiss(message);
    };
    tidyLayout(formula, { signal: stop.signal, ...(ids ? { ids } : {}) }).then(
      (moves) => {
        end();
        const shift = ids ? shiftOf(view.placed().places, moves) : { x: 0, y: 0 };
        glideWhile(() =>
          session.edit([
            ...moves.map(({ id, at }): Edit => ({
              type: 'moveNode',
              id,
              at: { x: at.x + shift.x, y: at.y + shift.y },
            })),
            ...straightenedAmong(view.placed(), new Set(moves.map(({ id }) => id))),
          ]),
        );
        if (!ids) view.showOpening();
      },
      () => {
        end();
        if (!stop.signal.aborted) toast.error('The layout could not be computed');
      },
    );
  }, [session, view]);
}

/** What puts the corner of nodes that are laid out where their corner was. */
function shiftOf(
  places: ReadonlyMap<NodeId, Point>,
  moves: readonly { readonly id: NodeId; readonly at: Point }[],
): Point {
  const least = (points: readonly Point[], along: 'x' | 'y') => Math.min(...points.map((point) => point[along]));
  const before = moves.flatMap(({ id }) => places.get(id) ?? []);
  const after = moves.map(({ at }) => at);
  if (before.length === 0) return { x: 0, y: 0 };
  return {
    x: Math.round(least(before, 'x') - least(after, 'x')),
    y: Math.round(least(before, 'y') - least(after, 'y')),
  };
}

/** How long nodes take to their new places, in milliseconds, as the style sheet says. */
const GLIDE = 260;

/** Nodes that `work` moves are seen moving. */
function glideWhile(work: () => void): void {
  const canvas = document.querySelector('.react-flow');
  if (isStill() || !canvas) return work();
  canvas.classList.add('gliding');
  work();
  setTimeout(() => canvas.classList.remove('gliding'), GLIDE);
}
