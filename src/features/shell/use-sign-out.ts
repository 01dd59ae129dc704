'use client';
import { useCallback } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useAction } from '#trpc/use-action.ts';

/** Signs out and leaves nothing of the organisation in the tab: the page is loaded anew. */
export function useSignOut(): () => void {
  const trpc = useTRPC();
  const { mutate } = useAction(trpc.session.signOut.mutationOptions({ onSuccess: () => location.assign('/') }));
  return useCallback(() => mutate(), [mutate]);
}
