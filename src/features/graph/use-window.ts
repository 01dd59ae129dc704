'use client';
import { useStoreApi } from '@xyflow/react';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { sightOf, windowFor } from './near.ts';
import type { Box } from './view.ts';

/**
 * The part of the graph that is kept ready. Changes only when what is in sight leaves that part, or becomes much
 * smaller.
 */
export function useWindow(): Box | null {
  const store = useStoreApi();
  const last = useRef<Box | null>(null);
  const read = useCallback((): Box | null => {
    const { transform, width, height } = store.getState();
    const [x, y, zoom] = transform;
    last.current = windowFor(last.current, sightOf({ x, y, zoom }, { width, height }));
    return last.current;
  }, [store]);
  return useSyncExternalStore(store.subscribe, read, () => null);
}
