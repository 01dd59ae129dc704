'use client';
import { useEffect, useRef } from 'react';
import type { Formula } from '#core/formula/model/formula.ts';
import { tidyLayout, useGraphView } from '#features/graph/index.ts';
import { useFormulaSession, useSnapshot, useStatus } from '../session/use-session.ts';
import { useWorkspace } from '../workspace/index.ts';

const isWithoutPlaces = ({ nodes, layout = {} }: Formula): boolean =>
  Object.keys(nodes).length > 1 && Object.keys(layout).length === 0;

/**
 * Lays out a formula that came without a layout, from code or from a template. Everybody's result is the same. False
 * while that is due.
 */
export function useFirstLayout(): boolean {
  const session = useFormulaSession();
  const hasNodes = useSnapshot(({ formula }) => Object.keys(formula.nodes).length > 0);
  const isBare = useSnapshot(({ formula }) => isWithoutPlaces(formula));
  const { canEdit, connection } = useStatus();
  const view = useGraphView();
  const kept = useRef(useWorkspace().workspace.view);
  const isDue = isBare && canEdit && connection === 'online';
  useEffect(() => {
    if (!isDue) return;
    const stop = new AbortController();
    tidyLayout(session.snapshot().formula, { signal: stop.signal }).then(
      (edits) => {
        session.arrange(edits);
        view.showOpening();
      },
      () => undefined,
    );
    return () => stop.abort();
  }, [isDue, session, view]);

  // The first nodes come after the canvas: they are shown once, as the person left them or as they open. Nodes that
  // somebody has put here stay under their hand.
  useEffect(() => {
    if (!hasNodes || session.snapshot().canUndo) return;
    if (kept.current) view.showFirst(kept.current);
    else view.showOpening();
  }, [hasNodes, session, view]);
  return !isBare;
}
