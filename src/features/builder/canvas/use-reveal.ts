'use client';
import { useEffect } from 'react';
import { useGraphView } from '#features/graph/index.ts';
import { useFormulaSession } from '../session/use-session.ts';

/** Brings a node into sight when it is to be shown. */
export function useReveal(): void {
  const session = useFormulaSession();
  const view = useGraphView();
  useEffect(() => session.subscribeReveal(({ node }) => view.reveal(node)), [session, view]);
}
