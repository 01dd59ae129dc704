import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Registry } from 'prom-client';
import { answerTrpc } from '#server/api/answer-trpc.ts';
import { handleAuditExport } from '#server/api/audit/export.ts';
import { handleBacktestExport } from '#server/api/backtest/export.ts';
import { handleBarsToAdd, handleMarketImport } from '#server/api/market/import.ts';
import { handleOrganisationExport } from '#server/api/organisation/export.ts';
import { handleStripeWebhook } from '#server/api/stripe-webhook.ts';
import { startTrpcSockets } from '#server/api/trpc-sockets.ts';
import { createEntrance } from '#server/http/entrance.ts';
import { listen } from '#server/http/listen.ts';
import { startRealtime } from '#server/realtime/start-realtime.ts';
import type { Runtime } from '#server/runtime.ts';

/** Each route handler, as the folders of `src/app/api` have them. */
const HANDLERS: readonly (readonly [
  pattern: RegExp,
  handle: (runtime: Runtime, request: Request, parts: readonly string[]) => Promise<Response>,
])[] = [
  [/^\/api\/trpc\/([^/]*)$/, (runtime, request) => answerTrpc(runtime, request)],
  [/^\/api\/markets\/import$/, handleMarketImport],
  [/^\/api\/markets\/add-bars$/, handleBarsToAdd],
  [
    /^\/api\/backtests\/([^/]*)\/([^/]*)$/,
    (runtime, request, [id = '', what = '']) => handleBacktestExport(runtime, request, { id, what }),
  ],
  [/^\/api\/audit\/export$/, handleAuditExport],
  [/^\/api\/organisation\/export$/, handleOrganisationExport],
  [/^\/api\/stripe\/webhook$/, handleStripeWebhook],
];

/** The server as it stands on the network, without the pages: entrance, route handlers, and both kinds of sockets. */
export async function serveRoutes(
  runtime: Runtime,
): Promise<{ readonly port: number; readonly registry: Registry; close(): Promise<void> }> {
  const registry = new Registry();
  runtime.live.onAccessChange(runtime.limits.forget);
  const realtime = await startRealtime({
    db: runtime.db,
    sql: runtime.sql,
    config: runtime.config,
    log: runtime.log,
    registry,
  });
  const sockets = startTrpcSockets(runtime);
  const { onRequest, onUpgrade } = createEntrance({
    config: runtime.config,
    log: runtime.log,
    registry,
    limits: runtime.limits,
    checks: { database: () => true },
    scripts: null,
    page: (request, response) => answer(runtime, request, response),
    upgrades: [
      { prefix: '/collab/', handleUpgrade: realtime.handleUpgrade },
      { prefix: '/trpc', handleUpgrade: sockets.handleUpgrade },
    ],
  });
  const server = await listen(
    { host: '127.0.0.1', port: 0, proxies: runtime.config.trustedProxies, registry, log: runtime.log },
    onRequest,
    onUpgrade,
  );
  return {
    port: server.port,
    registry,
    close: async () => void (await Promise.all([server.close(), sockets.close(), realtime.close()])),
  };
}

/** As Next does it. */
async function answer(runtime: Runtime, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  const pathname = url.split(/[?#]/)[0] ?? '/';
  for (const [pattern, handle] of HANDLERS) {
    const found = pattern.exec(pathname);
    if (!found) continue;
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const headers = new Headers(
      Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
      ),
    );
    const gone = new AbortController();
    const leave = (): void => {
      if (!response.writableFinished) gone.abort();
    };
    response.once('close', leave);
    if (response.destroyed) leave();
    const asked = new Request(`http://localhost${url}`, {
      signal: gone.signal,
      method: request.method ?? 'GET',
      headers,
      ...(hasBody ? { body: Readable.toWeb(request) as globalThis.ReadableStream, duplex: 'half' } : {}),
    } as RequestInit);
    const answered = await handle(runtime, asked, found.slice(1).map(decode));
    response.writeHead(answered.status, [...answered.headers].flat());
    if (answered.body)
      Readable.fromWeb(answered.body as ReadableStream)
        .on('error', () => response.destroy())
        .pipe(response);
    else response.end();
    return;
  }
  response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.\n');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
