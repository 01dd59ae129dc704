'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';

export type Account = Outputs['account']['security'];

/** What is shown of the account is asked for anew. */
export function useAccountChanged(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(trpc.account.security.queryFilter()),
      queryClient.invalidateQueries(trpc.session.me.queryFilter()),
    ]);
  };
}
