'use client';
import { useEffect } from 'react';
import { useGraphView, viewOf } from '#features/graph/index.ts';
import { useFormulaSession } from '../session/use-session.ts';

/** At the most 30 times a second. */
const EVERY = 33;

/** Shows the others what this person sees of the canvas, whenever that changes. */
export function useShareView(): void {
  const session = useFormulaSession();
  const view = useGraphView();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      timer = undefined;
      if (view.size().width > 0) session.show({ view: viewOf(view.viewport(), view.size()) });
    };
    show();
    const unsubscribe = view.subscribe(() => {
      timer ??= setTimeout(show, EVERY);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
      session.show({ view: null });
    };
  }, [session, view]);
}
