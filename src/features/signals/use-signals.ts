'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { eventCachesOf } from '#trpc/event-caches.ts';
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
  useEffect(() => {
    const { stale, patch } = eventCachesOf(queryClient);
    return liveEvents.subscribe((event) => {
      if (event.kind === 'bot.changed') stale({ queryKey, exact: true });
      if (event.kind !== 'signal.emitted') return;
      const { signal } = event.payload;
      if (botId === undefined || signal.botId === botId) patch(queryKey, (rows) => withSignal(rows, signal));
    });
  }, [queryClient, queryKey, botId]);
  return { rows: signals.data ?? null, error: signals.error };
}

/** The list with the signal before all that are not newer; the list itself when it has the signal. */
function withSignal(rows: readonly SignalRow[], signal: SignalRow): readonly SignalRow[] {
  if (rows.some(({ id }) => id === signal.id)) return rows;
  const at = rows.findIndex(({ emittedAt }) => emittedAt <= signal.emittedAt);
  return rows.toSpliced(at === -1 ? rows.length : at, 0, signal).slice(0, SHOWN);
}
