'use client';
import { usePathname } from 'next/navigation';
import { blockAt, pathOf } from './path.ts';

/** The block that the address names; null for all of them. */
export const useOpenBlock = (): string | null => blockAt(usePathname());

/** The same now, while what it says may not be on screen yet: for keys that come faster than they are drawn. */
export const openBlockNow = (): string | null => blockAt(location.pathname);

/** Goes to a block, or to all of them. `replace` leaves no step behind for the way back. */
export function openBlock(name: string | null, { replace = false } = {}): void {
  if (location.pathname === pathOf(name)) return;
  // Next follows these calls: `usePathname` changes, and no request is made.
  if (replace) window.history.replaceState(null, '', pathOf(name));
  else window.history.pushState(null, '', pathOf(name));
}
