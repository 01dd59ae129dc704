'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useTRPC } from '#trpc/client.ts';

/** Takes people who are signed in to their formulas. */
export function SkipToWork() {
  const trpc = useTRPC();
  const router = useRouter();
  const me = useQuery(trpc.session.me.queryOptions());
  const isSignedIn = Boolean(me.data);
  useEffect(() => {
    if (isSignedIn) router.replace('/formulas');
  }, [isSignedIn, router]);
  return null;
}
