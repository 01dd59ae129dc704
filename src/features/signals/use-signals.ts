'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { eventCachesOf } from '#trpc/event-caches.ts';
import { newestFirst } from '#trpc/join-older.ts';
import { liveEvents } from '#trpc/live.ts';
import type { Outputs } from '#trpc/types.ts';
import { pageOf, useOlder, type Older } from '#trpc/use-older.ts';

export type SignalRow = Outputs['signal']['list'][number];

const SHOWN = 500;
const BY_TIME = newestFirst<SignalRow>(({ emittedAt }) => emittedAt);

/** The newest signals, of one bot or of all; new ones are put in front as they are emitted. */
export function useSignals(botId: string | undefined): {
  readonly rows: readonly SignalRow[] | null;
  readonly error: unknown;
} & Pick<Older<SignalRow>, 'showOlder' | 'isLoading'> {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const input = { limit: SHOWN, ...(botId === undefined ? {} : { botId }) };
  const options = trpc.signal.list.queryOptions(input);
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
  const { rows, showOlder, isLoading } = useOlder(signals.data, {
    of: botId ?? 'all',
    hasMore: (signals.data?.length ?? 0) >= SHOWN,
    fetch: async ({ id, emittedAt }) =>
      pageOf(await client.signal.list.query({ ...input, cursor: { id, at: emittedAt } }), SHOWN),
    compare: BY_TIME,
  });
  return { rows: rows ?? null, error: signals.error, showOlder, isLoading };
}

/** The list with the signal before all that are not newer; the list itself when it has the signal. */
function withSignal(rows: readonly SignalRow[], signal: SignalRow): readonly SignalRow[] {
  if (rows.some(({ id }) => id === signal.id)) return rows;
  const at = rows.findIndex(({ emittedAt }) => emittedAt <= signal.emittedAt);
  return rows.toSpliced(at === -1 ? rows.length : at, 0, signal).slice(0, SHOWN);
}
