'use client';
import { useQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { useSession } from '../session.tsx';
import { ShellSkeleton } from '../shell-skeleton.tsx';
import { MovedAway } from './moved-away.tsx';
import { useSwitching } from './switching.tsx';
import { thingOf } from './thing-of.ts';

/** Left for the page that is loaded next: it says where the link has led. */
const SAID = 'alphaloom-led-here';

/**
 * Shows its children in the organisation of the page. A link that leads to a thing of another of one's organisations
 * switches first; when another window has switched meanwhile, the page says so, since its own things can't be saved.
 */
export function LinkGate({ children }: { readonly children: ReactNode }) {
  const trpc = useTRPC();
  const { org, organisations } = useSession();
  const { switchTo, isSwitching } = useSwitching();
  const pathname = usePathname();
  // Of the link that the page was opened by: inside of the pages no link leads out of an organisation.
  const [first] = useState(() => ({ org, thing: thingOf(pathname) }));
  const asks = first.thing !== null && organisations.length > 1;
  const located = useQuery(
    trpc.session.locate.queryOptions(first.thing ?? { kind: 'formulas', id: '' }, {
      enabled: asks,
      staleTime: Infinity,
      retry: false,
    }),
  );
  const there = asks ? (located.data?.orgId ?? null) : null;
  const isElsewhere = there !== null && there !== first.org.id;
  useEffect(() => {
    if (!isElsewhere) return;
    sessionStorage.setItem(SAID, there);
    switchTo(there, location.href);
  }, [isElsewhere, there, switchTo]);
  useEffect(() => {
    if (sessionStorage.getItem(SAID) !== org.id) return;
    sessionStorage.removeItem(SAID);
    toast.success(`You work in ${org.name} now`, { description: 'The link led to something of this organisation.' });
  }, [org]);
  if (isSwitching || (asks && located.isPending)) return <ShellSkeleton />;
  if (org.id !== first.org.id) return <MovedAway from={first.org} />;
  return children;
}
