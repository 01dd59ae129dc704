'use client';
import { useSyncExternalStore } from 'react';
import { createEmitter } from '#core/emitter/emitter.ts';

const STEP = 30_000;
const ticked = createEmitter<void>();
let timer: ReturnType<typeof setInterval> | undefined;

// One clock for all ages on a page; it stops with the last of them.
function subscribe(listener: () => void): () => void {
  const unsubscribe = ticked.subscribe(listener);
  timer ??= setInterval(() => ticked.emit(), STEP);
  return () => {
    unsubscribe();
    if (ticked.hasListeners()) return;
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
