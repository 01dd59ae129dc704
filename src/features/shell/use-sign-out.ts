'use client';
import { createContext, use } from 'react';

/** What `SignOutProvider` gives. */
export const SignOutContext = createContext<(() => void) | null>(null);

/** Signs out, after asking where something would be lost by it. */
export function useSignOut(): () => void {
  const signOut = use(SignOutContext);
  if (!signOut) throw new Error('useSignOut is used outside of the shell.');
  return signOut;
}
