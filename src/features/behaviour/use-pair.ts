'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#trpc/client.ts';
import type { Outputs } from '#trpc/types.ts';
import type { Pair } from './use-behaviour.ts';

type Run = Outputs['backtest']['get'];
export type Behaviour = Outputs['behaviour']['get'];

interface PairState {
  readonly before: Run | undefined;
  readonly after: Run | undefined;
  /** Once both have ended well. */
  readonly behaviour: Behaviour | undefined;
  readonly error: unknown;
}

/** Two runs as they go on, and what they did differently once both have ended. */
export function usePair({ before, after }: Pair): PairState {
  const trpc = useTRPC();
  const first = useQuery(trpc.backtest.get.queryOptions({ id: before }));
  const second = useQuery(trpc.backtest.get.queryOptions({ id: after }));
  const isDone = first.data?.status === 'succeeded' && second.data?.status === 'succeeded';
  const behaviour = useQuery(
    trpc.behaviour.get.queryOptions({ before, after }, { enabled: isDone, staleTime: Infinity, retry: false }),
  );
  return {
    before: first.data,
    after: second.data,
    behaviour: behaviour.data,
    error: first.error ?? second.error ?? behaviour.error,
  };
}
