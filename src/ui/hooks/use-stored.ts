'use client';
import { useCallback, useSyncExternalStore } from 'react';
import { createEmitter } from '#core/emitter/emitter.ts';
import type { Look } from '../kept/forget-person.ts';

const changed = createEmitter<void>();
const subscribe = (listener: () => void): (() => void) => {
  const unsubscribe = changed.subscribe(listener);
  window.addEventListener('storage', listener);
  return () => {
    unsubscribe();
    window.removeEventListener('storage', listener);
  };
};

/**
 * A choice of looks that this browser remembers, also when its person signs out. One of `choices`; the first of them
 * until another is taken.
 */
export function useStored<T extends string>(
  key: Look,
  choices: readonly [T, ...T[]],
): readonly [T, (value: T) => void] {
  const read = useCallback(
    (): T => choices.find((choice) => choice === localStorage.getItem(key)) ?? choices[0],
    [key, choices],
  );
  const value = useSyncExternalStore(subscribe, read, () => choices[0]);
  const set = useCallback(
    (next: T) => {
      localStorage.setItem(key, next);
      changed.emit();
    },
    [key],
  );
  return [value, set];
}
