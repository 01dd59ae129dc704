'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { liveEvents } from '#trpc/live.ts';
import type { Outputs } from '#trpc/types.ts';

export type SignalRow = Outputs['signal']['list'][number];

const SHOWN = 500;

/** The newest signals, of one bot or of all; new ones are put in front as they are emitted. */
export function useSignals(botId: string | undefined): {
  readonly rows: readonly SignalRow[] | null;
  readonly error: unknown;
} {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = trpc.signal.list.queryOptions({ limit: SHOWN, ...(botId === undefined ? {} : { botId }) });
  const signals = useQuery(options);
  const { queryKey } = options;
  useEffect(
    () =>
      liveEvents.subscribe((event) => {
        if (event.kind === 'bot.changed') void queryClient.invalidateQueries({ queryKey });
        if (event.kind !== 'signal.emitted') return;
        const { signal } = event.payload;
        if (botId !== undefined && signal.botId !== botId) return;
        queryClient.setQueryData(
          queryKey,
          (rows) => rows && [signal, ...rows.filter(({ id }) => id !== signal.id)].slice(0, SHOWN),
        );
      }),
    [queryClient, queryKey, botId],
  );
  return { rows: signals.data ?? null, error: signals.error };
}
