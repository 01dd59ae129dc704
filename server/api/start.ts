import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { isOriginAllowed } from '#server/auth/check-origin.ts';
import type { Runtime } from '#server/runtime.ts';
import { createSocketContext } from './context.ts';
import { appRouter } from './router.ts';

const LARGEST_MESSAGE = 1_000_000;

export interface TrpcSockets {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells browsers to come back in a moment and ends their sockets. */
  close(): Promise<void>;
}

/** tRPC over websockets, for subscriptions: one socket a tab. */
export function startTrpcSockets(runtime: Runtime): TrpcSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  const handler = applyWSSHandler({
    wss: server,
    router: appRouter,
    createContext: ({ req }) => createSocketContext(runtime, req),
    // Ends sockets whose other side has gone without a word.
    keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
  });
  return {
    handleUpgrade: (request, socket, head) => {
      const { origin, host, 'sec-fetch-site': fetchSite } = request.headers;
      if (!isOriginAllowed({ origin, host, fetchSite: typeof fetchSite === 'string' ? fetchSite : null }, runtime.config.origin)) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
    },
    close: async () => {
      handler.broadcastReconnectNotification();
      for (const client of server.clients) client.close(1012, 'restarting');
      // A browser that does not answer must not keep the process.
      const timer = setTimeout(() => server.clients.forEach((client) => client.terminate()), 1000);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearTimeout(timer);
    },
  };
}
