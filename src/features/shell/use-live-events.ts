'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useMemo, useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useIsNetworkUp } from '#ui/hooks/use-network.ts';
import type { LiveState } from './live-state.ts';
import { createEventReceiver } from './receive-event.ts';
import { useSession } from './session.tsx';

const STATES: Readonly<Record<string, LiveState>> = {
  pending: 'live',
  connecting: 'connecting',
  idle: 'connecting',
  error: 'offline',
};

/** THE subscription of a tab: what happens in the organisation goes into the caches of the queries it touches. */
export function useLiveEvents(): LiveState {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // From the first answer on: pages ask for what they show before the subscription stands, and what happens meanwhile must not be missed.
  const [lastEventId] = useState(useSession().lastEventId);
  const receive = useMemo(() => createEventReceiver({ trpc, queryClient }), [trpc, queryClient]);
  const subscription = useSubscription(
    trpc.live.events.subscriptionOptions({ lastEventId }, { onData: ({ data }) => receive(data) }),
  );
  const isNetworkUp = useIsNetworkUp();
  const lost = subscription.status === 'connecting' && subscription.error !== null;
  // The line may hang for a while before it is given up.
  return lost || !isNetworkUp ? 'offline' : (STATES[subscription.status] ?? 'connecting');
}
