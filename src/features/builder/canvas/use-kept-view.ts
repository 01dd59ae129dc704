'use client';
import { useEffect } from 'react';
import { useGraphView, viewOf } from '#features/graph/index.ts';
import { useWorkspace } from '../workspace/index.ts';

/** What the person looks at stays in sight this long before it is kept, in milliseconds. */
const SETTLE = 500;
const INPUTS = ['wheel', 'pointerdown', 'keydown'] as const;

/**
 * Keeps what of the canvas is in sight, from the first time on that the person has done something: how a formula opens
 * by itself is not kept.
 */
export function useKeptView(): void {
  const view = useGraphView();
  const { keepView } = useWorkspace();
  useEffect(() => {
    let hasActed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => {
      if (timer !== undefined && view.size().width > 0) keepView(viewOf(view.viewport(), view.size()));
      clearTimeout(timer);
      timer = undefined;
    };
    const act = (): void => {
      hasActed = true;
    };
    const unsubscribe = view.subscribe((what) => {
      if (what !== 'moved' || !hasActed) return;
      clearTimeout(timer);
      timer = setTimeout(keep, SETTLE);
    });
    INPUTS.forEach((input) => window.addEventListener(input, act, { capture: true, passive: true }));
    window.addEventListener('pagehide', keep);
    return () => {
      INPUTS.forEach((input) => window.removeEventListener(input, act, { capture: true }));
      window.removeEventListener('pagehide', keep);
      unsubscribe();
      keep();
    };
  }, [view, keepView]);
}
