import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isAppError } from '#server/errors.ts';
import type { RateLimits, Stranger } from '#server/limits/rate-limits.ts';
import { retryAfterOf } from '#server/limits/too-many.ts';
import { bareAnswer, endWith } from './bare-answer.ts';
import { routeOf, type Route } from './routes.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];
/** How long an answer may take to arrive before the rest of an unread body ends with its connection. */
const LINGER_MS = 1_000;

interface Guard {
  readonly limits: Pick<RateLimits, 'chargeStranger'>;
  readonly stranger: Stranger;
  /** Next's own pages of development are posted to. */
  readonly isDevelopment?: boolean;
}

/** Looks at a request before anything else does. False when it was answered already. */
export async function guardRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { limits, stranger, isDevelopment = false }: Guard,
): Promise<boolean> {
  const route = routeOf((request.url ?? '/').split('?')[0] ?? '/');
  const methods = route.takesBody || isDevelopment ? METHODS : METHODS.filter((method) => method !== 'POST');
  if (!methods.includes(request.method ?? '')) {
    response
      .writeHead(405, { allow: methods.join(', '), 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      .end(`Use ${methods.includes('POST') ? 'GET or POST' : 'GET'} here.\n`);
    return false;
  }
  boundBody(request, response, route);
  try {
    await limits.chargeStranger('request', stranger);
    return true;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const headers = {
      'content-type': 'application/json',
      'retry-after': String(retryAfterOf(error) ?? 1),
      'cache-control': 'no-store',
      connection: 'close',
    };
    response.writeHead(429, headers).end(`${JSON.stringify({ code: error.code, message: error.message })}\n`);
    return false;
  }
}

/** The same of an upgrade to a websocket, whoever takes it over. */
export async function guardUpgrade(socket: Duplex, { limits, stranger }: Guard): Promise<boolean> {
  try {
    await limits.chargeStranger('socket', stranger);
    return !socket.destroyed;
  } catch (error) {
    if (!isAppError(error)) throw error;
    endWith(socket, bareAnswer('429 Too Many Requests', [`Retry-After: ${retryAfterOf(error) ?? 1}`], error.message));
    return false;
  }
}

/** A body that comes too slowly, or that nobody reads to its end, ends with its connection. */
function boundBody(request: IncomingMessage, response: ServerResponse, { bodySeconds }: Route): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody) return;
  const { socket } = request;
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (response.headersSent) return void socket.destroy();
    response
      .writeHead(408, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
      .end('The request took too long to arrive. Try again.\n');
  }, bodySeconds * 1000);
  request.once('end', () => clearTimeout(timer));
  response.once('close', () => clearTimeout(timer));
  response.once('finish', () => {
    clearTimeout(timer);
    if (request.complete) return;
    // Node would read the rest for ever to use the connection once more. The answer is on its way, so the other side
    // gets a moment to read it.
    request.pause();
    setTimeout(() => {
      if (!request.complete) socket.destroy();
    }, LINGER_MS).unref();
  });
}
