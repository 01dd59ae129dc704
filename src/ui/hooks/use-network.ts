'use client';
import { useSyncExternalStore } from 'react';

/** The browser's own word on whether there is a network; told at once, long before a line that hangs is given up. */
export const network = {
  isUp: (): boolean => navigator.onLine,
  subscribe: (listener: () => void): (() => void) => {
    window.addEventListener('online', listener);
    window.addEventListener('offline', listener);
    return () => {
      window.removeEventListener('online', listener);
      window.removeEventListener('offline', listener);
    };
  },
};

export const useIsNetworkUp = (): boolean => useSyncExternalStore(network.subscribe, network.isUp, () => true);
