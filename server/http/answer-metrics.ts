import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

/** `GET /metrics` in the format of Prometheus, to who has the token; without one in the environment there are none. */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { registry, token }: { readonly registry: Registry; readonly token: string | undefined },
): Promise<void> {
  if (token === undefined) return refuse(response, 404, 'Start with METRICS_TOKEN=<a secret> to have metrics here.');
  if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
    response.setHeader('www-authenticate', 'Bearer');
    return refuse(response, 401, 'Send the METRICS_TOKEN: Authorization: Bearer <token>.');
  }
  response
    .writeHead(200, { 'content-type': registry.contentType, 'cache-control': 'no-store' })
    .end(await registry.metrics());
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${message}\n`);
}

/** In a time that tells nothing of where they differ. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
