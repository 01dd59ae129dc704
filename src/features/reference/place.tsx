'use client';
import { usePathname } from 'next/navigation';
import { createContext, use, useEffect, useMemo, useRef, useTransition, type ReactNode } from 'react';
import { blockAt, pathOf } from './path.ts';

/** The block that the address names; null for all of them. */
export const useOpenBlock = (): string | null => blockAt(usePathname());

interface Place {
  /**
   * The block that was asked for last, while the page may still show another: for keys that come faster than they are
   * drawn.
   */
  now(): string | null;
  /** Goes to a block, or to all of them. `replace` leaves no step behind for the way back. */
  go(name: string | null, options?: { readonly replace?: boolean }): void;
}

const PlaceContext = createContext<Place | null>(null);

export function usePlace(): Place {
  const place = use(PlaceContext);
  if (!place) throw new Error('A place of the reference is asked for outside of it.');
  return place;
}

/**
 * Knows where one is going. The address can't say it: Next writes the address of each page that it has drawn, so that
 * behind two fast steps the address is that of the first for a moment.
 */
export function PlaceProvider({ children }: { readonly children: ReactNode }) {
  const shown = useOpenBlock();
  const [isGoing, startGoing] = useTransition();
  const wanted = useRef(shown);
  // What is drawn on the way is not where one is going; what is drawn at its end is, as are ways that do not lead
  // through here.
  useEffect(() => {
    if (!isGoing) wanted.current = shown;
  }, [isGoing, shown]);
  const place = useMemo(
    (): Place => ({
      now: () => wanted.current,
      go: (name, { replace = false } = {}) => {
        if (wanted.current === name) return;
        wanted.current = name;
        startGoing(() => {
          // Next follows these calls: `usePathname` changes, and no request is made.
          if (replace) window.history.replaceState(null, '', pathOf(name));
          else window.history.pushState(null, '', pathOf(name));
        });
      },
    }),
    [],
  );
  return <PlaceContext value={place}>{children}</PlaceContext>;
}
