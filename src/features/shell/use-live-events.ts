'use client';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useMemo, useState } from 'react';
import { useTRPC } from '#trpc/client.ts';
import { useIsNetworkUp } from '#ui/hooks/use-network.ts';
import type { LiveState } from './live-state.ts';
import { createEventReceiver } from './receive-event.ts';
import { useSession, type Session } from './session.tsx';

const STATES: Readonly<Record<string, LiveState>> = {
  pending: 'live',
  connecting: 'connecting',
  idle: 'connecting',
  error: 'offline',
};

interface Heard {
  readonly orgId: string;
  readonly lastEventId: string;
}

/**
 * How far a tab's caches are. The subscription may end and begin again in the tab, and the caches are those of before.
 */
const heard = new WeakMap<QueryClient, Heard>();

/**
 * Behind which event a subscription begins: the last that the tab has heard; at first, the one that was there before
 * the first answer: pages ask for what they show before the subscription stands, and what happens meanwhile must not be
 * missed.
 */
function beginningOf(queryClient: QueryClient, { org, lastEventId }: Session): string {
  const known = heard.get(queryClient);
  if (known?.orgId === org.id) return known.lastEventId;
  heard.set(queryClient, { orgId: org.id, lastEventId });
  return lastEventId;
}

/** THE subscription of a tab: what happens in the organisation goes into the caches of the queries it touches. */
export function useLiveEvents(): LiveState {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const session = useSession();
  const orgId = session.org.id;
  const [lastEventId] = useState(() => beginningOf(queryClient, session));
  const receive = useMemo(() => createEventReceiver({ trpc, queryClient }), [trpc, queryClient]);
  const subscription = useSubscription(
    trpc.live.events.subscriptionOptions(
      { lastEventId },
      {
        onData: ({ id, data }) => {
          receive(data);
          heard.set(queryClient, { orgId, lastEventId: id });
        },
      },
    ),
  );
  const isNetworkUp = useIsNetworkUp();
  const lost = subscription.status === 'connecting' && subscription.error !== null;
  // The line may hang for a while before it is given up.
  return lost || !isNetworkUp ? 'offline' : (STATES[subscription.status] ?? 'connecting');
}
