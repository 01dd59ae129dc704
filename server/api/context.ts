import type { IncomingMessage } from 'node:http';
import { authenticate, reauthenticate, sessionCookie } from '#server/auth/authenticate.ts';
import { isOriginAllowed } from '#server/auth/check-origin.ts';
import { isSecure, readDeviceToken, readSessionToken } from '#server/auth/cookie.ts';
import { hashToken } from '#server/auth/token.ts';
import type { Stranger } from '#server/limits/rate-limits.ts';
import { clientAddress } from '#server/network/client-address.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import type { Origin, Visitor } from '#server/use-cases/context.ts';
import { createAnswerInMemory, type AnswerInMemory } from './answer-in-memory.ts';
import { createRecentLook } from './recent-look.ts';

/** What a procedure knows about its request. */
export interface Context extends Runtime {
  readonly from: Origin;
  /** False for a request that another site made a browser send; such a one may read, not change. */
  readonly ownOrigin: boolean;
  /** Who asks; over HTTP as of a moment ago, looked up at each call on a websocket. */
  authenticate(): Promise<Person | null>;
  /** The same, never from an earlier look: for what goes on after the call. */
  authenticateAgain(): Promise<Person | null>;
  /** Who asks, as of a moment ago: for whatever has waited. */
  current(): Promise<Person | null>;
  readonly tokens: Visitor['tokens'];
  /** The websocket, for what sends without being asked; null over HTTP. */
  readonly connection: RequestConnection | null;
  /** What is in memory of the answer to the request; null on a websocket, whose answers are small. */
  readonly answer: AnswerInMemory | null;
  /** Null on a websocket, which has no response to carry a cookie. */
  readonly setCookie: ((cookie: string) => void) | null;
}

/** Who asks, as far as that is known before anybody is looked up. */
export const strangerOf = ({ from, tokens }: Pick<Context, 'from' | 'tokens'>): Stranger => ({
  address: from.ip,
  session: tokens.session,
});

export interface RequestConnection {
  /** Counts one more subscription until what it returns is called. Throws RATE_LIMITED when there are too many. */
  subscribe(): () => void;
  /** Settles once the other side has taken what was sent. */
  drained(): Promise<void>;
}

/**
 * Of an HTTP request; a batch of procedures shares it, and one look-up of who asks. `responseHeaders` is null for an
 * answer that carries no cookies.
 */
export function createRequestContext(runtime: Runtime, request: Request, responseHeaders: Headers | null): Context {
  const { headers } = request;
  const cookie = headers.get('cookie') ?? undefined;
  const secure = isSecure(runtime.config);
  const requestId = crypto.randomUUID();
  responseHeaders?.set('x-request-id', requestId);
  // The head of a stream is sent before anybody is asked for.
  const isStream = headers.get('accept')?.includes('text/event-stream') || headers.has('trpc-accept');
  const setCookie = responseHeaders && ((value: string): void => responseHeaders.append('set-cookie', value));
  const renew = setCookie && !isStream ? (token: string): void => setCookie(sessionCookie(token, secure)) : undefined;
  const tokens = readTokens(cookie, secure);
  const met = (found: Person | null): Person | null => {
    runtime.limits.meet(tokens.session, found);
    return found;
  };
  const look = createRecentLook({
    changes: () => runtime.live.accessChanges(),
    first: () => authenticate(runtime.db, cookie, secure, renew).then(met),
    again: (known) => reauthenticate(runtime.db, known).then(met),
  });
  return {
    ...runtime,
    from: { ip: clientAddress(request), userAgent: headers.get('user-agent'), requestId },
    ownOrigin: isOriginAllowed(
      { origin: headers.get('origin'), host: headers.get('host'), fetchSite: headers.get('sec-fetch-site') },
      runtime.config.origin,
    ),
    authenticate: look.recent,
    authenticateAgain: look.anew,
    current: look.recent,
    tokens,
    setCookie,
    connection: null,
    answer: createAnswerInMemory(runtime.limits.untaken, look.recent),
  };
}

/** Of a websocket, from its upgrade request, whose origin was checked before the upgrade. */
export function createSocketContext(
  runtime: Runtime,
  request: IncomingMessage,
  connection: RequestConnection & { authenticate(): Promise<Person | null> },
): Context {
  const { headers } = request;
  const secure = isSecure(runtime.config);
  const look = createRecentLook({
    changes: () => runtime.live.accessChanges(),
    first: () => connection.authenticate(),
    again: () => connection.authenticate(),
  });
  return {
    ...runtime,
    from: { ip: clientAddress(request), userAgent: headers['user-agent'] ?? null, requestId: crypto.randomUUID() },
    ownOrigin: true,
    // Many calls and subscriptions look at once, in one look.
    authenticate: () => connection.authenticate(),
    authenticateAgain: () => connection.authenticate(),
    current: look.recent,
    tokens: readTokens(headers.cookie, secure),
    connection,
    answer: null,
    setCookie: null,
  };
}

function readTokens(cookie: string | undefined, secure: boolean): Visitor['tokens'] {
  const [session, device] = [readSessionToken(cookie, secure), readDeviceToken(cookie, secure)];
  return { session: session && hashToken(session), device: device && hashToken(device) };
}
