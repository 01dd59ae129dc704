'use client';
import { createContext, use, type ReactNode } from 'react';
import type { LiveState } from './live-state.ts';
import { useLiveEvents } from './use-live-events.ts';

const LiveContext = createContext<LiveState>('connecting');

/** Holds the one subscription of the tab. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  return <LiveContext value={useLiveEvents()}>{children}</LiveContext>;
}

export const useLiveState = (): LiveState => use(LiveContext);
