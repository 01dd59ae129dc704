import type { IncomingMessage } from 'node:http';
import type { Actor } from '#server/auth/actor.ts';
import { authenticate } from '#server/auth/authenticate.ts';
import { isOriginAllowed } from '#server/auth/check-origin.ts';
import { isSecure } from '#server/auth/cookie.ts';
import { clientAddress } from '#server/http/client-address.ts';
import type { Runtime } from '#server/runtime.ts';
import type { Origin } from '#server/use-cases/context.ts';

/** What a procedure knows about its request. */
export interface Context extends Runtime {
  readonly from: Origin;
  /** False for a request that another site made a browser send; such a one may read, not change. */
  readonly ownOrigin: boolean;
  /** Who asks, looked up again at each call on a websocket, which may outlive a session. */
  authenticate(): Promise<Actor | null>;
  /** The same, never from an earlier look: for what goes on after the call. */
  authenticateAgain(): Promise<Actor | null>;
  /** The websocket, for what sends without being asked; null over HTTP. */
  readonly connection: Connection | null;
  /** Null on a websocket, which has no response to carry a cookie. */
  readonly setCookie: ((cookie: string) => void) | null;
}

export interface Connection {
  /** Counts one more subscription until what it returns is called. Throws RATE_LIMITED when there are too many. */
  subscribe(): () => void;
  /** Settles once the other side has taken what was sent. */
  drained(): Promise<void>;
}

/** Of an HTTP request; a batch of procedures shares it, and one look-up of who asks. */
export function createRequestContext(runtime: Runtime, request: Request, responseHeaders: Headers): Context {
  const { headers } = request;
  const cookie = headers.get('cookie') ?? undefined;
  let actor: Promise<Actor | null> | undefined;
  const authenticateAgain = (): Promise<Actor | null> => authenticate(runtime.db, cookie, isSecure(runtime.config));
  return {
    ...runtime,
    from: { ip: clientAddress(request), userAgent: headers.get('user-agent') },
    ownOrigin: isOriginAllowed(
      { origin: headers.get('origin'), host: headers.get('host'), fetchSite: headers.get('sec-fetch-site') },
      runtime.config.origin,
    ),
    authenticate: () => (actor ??= authenticateAgain()),
    authenticateAgain,
    connection: null,
    setCookie: (value) => responseHeaders.append('set-cookie', value),
  };
}

/** Of a websocket, from its upgrade request, whose origin was checked before the upgrade. */
export function createSocketContext(runtime: Runtime, request: IncomingMessage, connection: Connection & { authenticate(): Promise<Actor | null> }): Context {
  const { headers } = request;
  return {
    ...runtime,
    from: { ip: clientAddress(request), userAgent: headers['user-agent'] ?? null },
    ownOrigin: true,
    authenticate: () => connection.authenticate(),
    authenticateAgain: () => connection.authenticate(),
    connection,
    setCookie: null,
  };
}
