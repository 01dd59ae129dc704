'use client';
import { createTRPCClient, createWSClient, httpBatchLink, splitLink, wsLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { MOST_IN_BATCH } from '#core/requests/most-in-batch.ts';
import { lastingLink } from './lasting-link.ts';
import { stepUpLink } from './step-up-link.ts';
import { transformer } from './transformer.ts';
import type { AppRouter } from './types.ts';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const socketAddress = (): string => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc`;

/**
 * Queries and mutations go as HTTP batches; subscriptions share one websocket, opened with the first of them, and last.
 */
export function createClient() {
  const socket = createWSClient({
    url: socketAddress,
    lazy: { enabled: true, closeMs: 1_000 },
    keepAlive: { enabled: true, intervalMs: 15_000, pongTimeoutMs: 5_000 },
    retryDelayMs: (attempt) => Math.min(10_000, 250 * 2 ** attempt),
  });
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: [lastingLink(), wsLink({ client: socket, transformer })],
        false: [
          stepUpLink(),
          httpBatchLink({ url: '/api/trpc', transformer, maxURLLength: 4_000, maxItems: MOST_IN_BATCH }),
        ],
      }),
    ],
  });
}
