'use client';
import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { createContext, use, useEffect, type ReactNode } from 'react';
import { idOf } from '#core/requests/ids.ts';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import { ShellProblem } from './shell-problem.tsx';
import { ShellSkeleton } from './shell-skeleton.tsx';

export type Session = NonNullable<Outputs['session']['me']>;

const SessionContext = createContext<Session | null>(null);

/** Who is signed in, and for which organisation. Only inside the shell. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession is used outside of the shell.');
  return session;
}

const NOBODY: Session = {
  user: { id: idOf('user', 'stranger'), name: 'You', email: '', isVerified: true, hasSecondFactor: false },
  org: { id: idOf('organisation', 'stranger'), name: '' },
  role: 'editor',
  deleteAfter: null,
  isPlatformAdmin: false,
  permissions: ['formula.edit'],
  organisations: [],
  lastEventId: '0',
};

/** For parts that ask who is there, on pages that need no account: what a stranger changes stays in their browser. */
export const StrangerSession = ({ children }: { readonly children: ReactNode }) => (
  <SessionContext value={NOBODY}>{children}</SessionContext>
);

/** Shows its children to people who are signed in, and sends everybody else to the sign-in page and back. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const trpc = useTRPC();
  const router = useRouter();
  const pathname = usePathname();
  const me = useQuery(trpc.session.me.queryOptions(undefined, { staleTime: 60_000 }));
  const stranger = me.data === null;
  useEffect(() => {
    if (stranger) router.replace(`/sign-in?next=${encodeURIComponent(pathname + location.search)}`);
  }, [stranger, router, pathname]);

  if (me.data) return <SessionContext value={me.data}>{children}</SessionContext>;
  if (me.isError) return <ShellProblem error={me.error} onRetry={() => void me.refetch()} />;
  return <ShellSkeleton />;
}
