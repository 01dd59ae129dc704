import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { getWSConnectionHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { err, ok, type Result } from '#core/result/result.ts';
import { isOriginAllowed } from '#server/auth/check-origin.ts';
import { isSecure } from '#server/auth/cookie.ts';
import { endWith } from '#server/http/bare-answer.ts';
import { strangerAt } from '#server/http/stranger-at.ts';
import { clientAddress } from '#server/network/client-address.ts';
import { SOCKETS } from '#server/policies/limits.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { createSocketContext } from './context.ts';
import { appRouter } from './router.ts';
import { boundSocket } from './sockets/bound-socket.ts';
import { Crowd, type Guest } from './sockets/crowd.ts';
import { createLookUps } from './sockets/look-ups.ts';

export interface TrpcSockets {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many sockets are open. */
  readonly size: number;
  /** Tells browsers to come back in a moment and ends their sockets. */
  close(): Promise<void>;
}

/** tRPC over websockets, for subscriptions: one socket a tab. */
export function startTrpcSockets(runtime: Runtime): TrpcSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: SOCKETS.message, allowSynchronousEvents: false });
  const crowd = new Crowd();
  const lookUps = createLookUps(runtime);
  const beat = setInterval(() => crowd.dismissStrangers(Date.now()), SOCKETS.beatMs);
  beat.unref();

  async function admit(request: IncomingMessage): Promise<Result<Guest, string>> {
    const { origin, host, cookie, 'sec-fetch-site': fetchSite } = request.headers;
    if (
      !isOriginAllowed(
        { origin, host, fetchSite: typeof fetchSite === 'string' ? fetchSite : null },
        runtime.config.origin,
      )
    )
      return err(refusal('403 Forbidden', 'This page is not one of ours.'));
    const address = clientAddress(request);
    const full = crowd.isFull();
    if (full) return err(refusal('503 Service Unavailable', full, 10));
    const actor = await lookUps.of(cookie);
    const guest: Guest = { address, actor, since: Date.now() };
    const reason = crowd.whyNot(guest);
    return reason ? err(refusal('503 Service Unavailable', reason, 10)) : ok(guest);
  }

  function open(client: WebSocket, request: IncomingMessage, guest: Guest): void {
    const bound = boundSocket(client);
    crowd.enter(client, guest);
    const { session } = strangerAt(request, isSecure(runtime.config));
    let known: Person | null = null;
    const connection = {
      subscribe: bound.subscribe,
      drained: bound.drained,
      // Whoever signs out on a socket that stays is a stranger from then on.
      authenticate: async () => {
        known = known ? await lookUps.again(known) : await lookUps.of(request.headers.cookie);
        runtime.limits.meet(session, known);
        return crowd.know(client, known);
      },
    };
    const connect = getWSConnectionHandler({
      wss: server,
      router: appRouter,
      createContext: ({ req }) => createSocketContext(runtime, req, connection),
      // Ends sockets whose other side has gone without a word.
      keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
    });
    client.on('error', (error) => runtime.log.debug({ err: error }, 'a socket failed'));
    connect(client, request);
    bound.begin();
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const ignore = (): void => undefined;
    socket.on('error', ignore);
    const admitted = await admit(request);
    if (!admitted.ok) return endWith(socket, admitted.error);
    if (socket.destroyed) return;
    server.handleUpgrade(request, socket, head, (client) => open(client, request, admitted.value));
  }

  return {
    handleUpgrade: (request, socket, head) => {
      upgrade(request, socket, head).catch((error: unknown) => {
        runtime.log.error({ err: error }, 'an upgrade failed');
        socket.destroy();
      });
    },
    get size() {
      return server.clients.size;
    },
    close: async () => {
      clearInterval(beat);
      const reconnect = JSON.stringify({ id: null, method: 'reconnect' });
      for (const client of server.clients) {
        if (client.readyState === client.OPEN) client.send(reconnect);
        client.close(1012, 'restarting');
      }
      // A browser that does not answer must not keep the process.
      const timer = setTimeout(() => server.clients.forEach((client) => client.terminate()), 1000);
      await new Promise<void>((resolve) => server.close(() => resolve()));
      clearTimeout(timer);
    },
  };
}

function refusal(status: string, message: string, retryAfter?: number): string {
  const headers = [
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(message)}`,
    ...(retryAfter === undefined ? [] : [`Retry-After: ${retryAfter}`]),
  ];
  return `HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${message}`;
}
