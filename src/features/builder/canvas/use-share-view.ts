'use client';
import { useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useFormulaSession } from '../session/provider.tsx';
import { viewOf } from './view.ts';

/** At the most 30 times a second. */
const EVERY = 33;

/** Shows the others what this person sees of the canvas, whenever that changes. */
export function useShareView(): void {
  const session = useFormulaSession();
  const store = useStoreApi();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (): void => {
      timer = undefined;
      const {
        transform: [x, y, zoom],
        width,
        height,
      } = store.getState();
      if (width > 0) session.show({ view: viewOf({ x, y, zoom }, { width, height }) });
    };
    show();
    const unsubscribe = store.subscribe((now, before) => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height)
        timer ??= setTimeout(show, EVERY);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
      session.show({ view: null });
    };
  }, [session, store]);
}
