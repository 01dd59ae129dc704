'use client';
import { useEffect } from 'react';
import { useFormulaSession, useSnapshot, useStatus } from '../session/provider.tsx';
import { tidyLayout } from './tidy-layout.ts';
import { useOpeningView } from './use-opening-view.ts';

/** Lays out a formula that came without a layout, from code or from a template. Everybody's result is the same. False while that is due. */
export function useFirstLayout(): boolean {
  const session = useFormulaSession();
  const { formula } = useSnapshot();
  const { canEdit, connection } = useStatus();
  const open = useOpeningView();
  const nodeCount = Object.keys(formula.nodes).length;
  const isBare = nodeCount > 1 && Object.keys(formula.layout ?? {}).length === 0;
  const isDue = isBare && canEdit && connection === 'online';
  useEffect(() => {
    if (!isDue) return;
    const stop = new AbortController();
    tidyLayout(session.snapshot().formula, stop.signal).then(
      (edits) => {
        session.arrange(edits);
        open();
      },
      () => undefined,
    );
    return () => stop.abort();
  }, [isDue, session, open]);

  // The first nodes come after the canvas: the view is fitted to them once. Nodes that somebody has put here stay under their hand.
  const hasNodes = nodeCount > 0;
  useEffect(() => {
    if (hasNodes && !session.snapshot().canUndo) open();
  }, [hasNodes, session, open]);
  return !isBare;
}
