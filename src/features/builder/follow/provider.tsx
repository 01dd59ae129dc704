'use client';
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { toast } from '#ui/feedback/toaster.tsx';
import type { Colleague } from '../session/formula-session.ts';
import { useFormulaSession } from '../session/use-session.ts';

export interface Followed {
  readonly id: string;
  readonly name: string;
}

export interface Following {
  /** Whose view this person shares at the moment. */
  readonly person: Followed | null;
  readonly follow: (person: Followed) => void;
  /** Any own move ends it. Does nothing while nobody is followed. */
  readonly stop: () => void;
}

const FollowingContext = createContext<Following | null>(null);

export function useFollowing(): Following {
  const following = use(FollowingContext);
  if (!following) throw new Error('A part of the builder is used outside of FollowingProvider.');
  return following;
}

/** The window that a person was last seen in: with several, the newest. */
export const windowOf = (colleagues: readonly Colleague[], id: string): Colleague | undefined =>
  colleagues.findLast(({ user }) => user?.id === id);

/** Lets this person see what a colleague sees, until either goes their own way. */
export function FollowingProvider({ children }: { readonly children: ReactNode }) {
  const session = useFormulaSession();
  const [person, setPerson] = useState<Followed | null>(null);
  const stop = useCallback(() => setPerson(null), []);
  useEffect(() => {
    if (!person) return;
    const unsubscribe = [
      session.subscribeOwnEdit(stop),
      session.subscribeColleagues(() => {
        if (windowOf(session.colleagues(), person.id)) return;
        stop();
        if (session.status().connection === 'online')
          toast.info(`${person.name} has left`, { description: 'You follow nobody any more.' });
        else toast.info(`You no longer follow ${person.name}`, { description: 'The connection was lost.' });
      }),
    ];
    return () => unsubscribe.forEach((end) => end());
  }, [session, person, stop]);
  const value = useMemo(() => ({ person, follow: setPerson, stop }), [person, stop]);
  return <FollowingContext value={value}>{children}</FollowingContext>;
}
