'use client';
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useFormulaSession, useSnapshot, useStatus } from '../session/provider.tsx';
import { fitSoon } from './fit.ts';
import { tidyLayout } from './tidy-layout.ts';

/** Lays out a formula that came without a layout, from code or from a template. Everybody's result is the same. False while that is due. */
export function useFirstLayout(): boolean {
  const session = useFormulaSession();
  const { formula } = useSnapshot();
  const { canEdit, connection } = useStatus();
  const flow = useReactFlow();
  const nodeCount = Object.keys(formula.nodes).length;
  const isBare = nodeCount > 1 && Object.keys(formula.layout ?? {}).length === 0;
  const isDue = isBare && canEdit && connection === 'online';
  useEffect(() => {
    if (!isDue) return;
    const stop = new AbortController();
    tidyLayout(session.snapshot().formula, stop.signal).then(
      (edits) => {
        session.arrange(edits);
        fitSoon(flow);
      },
      () => undefined,
    );
    return () => stop.abort();
  }, [isDue, session, flow]);

  // The first nodes come after the canvas: the view is fitted to them once.
  const hasNodes = nodeCount > 0;
  useEffect(() => {
    if (hasNodes) fitSoon(flow);
  }, [hasNodes, flow]);
  return !isBare;
}
