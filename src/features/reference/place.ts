'use client';
import { usePathname } from 'next/navigation';
import { pathOf, ROOT } from './path.ts';

/** The block that the address names; null for all of them. */
export function useOpenBlock(): string | null {
  const [name] = usePathname().slice(ROOT.length + 1).split('/');
  return name === undefined || name === '' ? null : decodeURIComponent(name);
}

/** Goes to a block, or to all of them. `replace` leaves no step behind for the way back. */
export function openBlock(name: string | null, { replace = false } = {}): void {
  if (location.pathname === pathOf(name)) return;
  // Next follows these calls: `usePathname` changes, and no request is made.
  if (replace) window.history.replaceState(null, '', pathOf(name));
  else window.history.pushState(null, '', pathOf(name));
}
