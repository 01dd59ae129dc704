'use client';
import { useSyncExternalStore } from 'react';

/** As `max-md` in classes. */
const NARROW = '(max-width: 767.98px)';

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether the window is as narrow as a telephone: what stands beside each other elsewhere is above each other then. */
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => matchMedia(NARROW).matches,
    () => false,
  );
