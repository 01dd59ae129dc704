'use client';
import { useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};
const read = (): string => location.hash.slice(1);
const unknown = (): null => null;

/**
 * What stands behind the `#` of the page's address: browsers tell it to no server. Null until the page is in a browser.
 */
export const useFragment = (): string | null => useSyncExternalStore(subscribe, read, unknown);
