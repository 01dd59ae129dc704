'use client';
import { useSyncExternalStore } from 'react';

const STEP = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

// One clock for all ages on a page; it stops with the last of them.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), STEP);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present, in steps of half a minute; null while rendering on the server. */
export const useNow = (): number | null =>
  useSyncExternalStore(
    subscribe,
    () => Math.ceil(Date.now() / STEP) * STEP,
    () => null,
  );
