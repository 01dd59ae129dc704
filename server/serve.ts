import type { IncomingMessage } from 'node:http';
import { availableParallelism } from 'node:os';
import type { Duplex } from 'node:stream';
import { startTrpcSockets } from './api/start.ts';
import { whoseSession } from './auth/authenticate.ts';
import { isSecure } from './auth/cookie.ts';
import type { Config } from './config/config.ts';
import type { OpenDatabase } from './db/database.ts';
import type { DatabaseUrls } from './db/urls.ts';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { isForUs, WRONG_HOST } from './http/check-host.ts';
import { settleClient } from './http/client-address.ts';
import { guardRequest, guardUpgrade } from './http/guard-request.ts';
import { answerHealth, type Checks } from './http/health.ts';
import { listen, type RequestHandler } from './http/listen.ts';
import { answerMetrics } from './http/metrics.ts';
import { bareHeaders, readBuiltScripts, setSecurityHeaders } from './http/security-headers.ts';
import { strangerAt } from './http/stranger-at.ts';
import { startWeb } from './http/web.ts';
import { startWorker } from './jobs/start.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { startLiveHub } from './live/hub.ts';
import { createTails } from './live/tails.ts';
import type { Log } from './observability/log.ts';
import { createSecurityLog } from './observability/security-log.ts';
import { startRealtime } from './realtime/start.ts';
import { setRuntime, type Runtime } from './runtime.ts';
import type { Stops } from './stop.ts';

interface Serve {
  readonly config: Config;
  readonly log: Log;
  readonly stops: Stops;
  readonly database: OpenDatabase & { readonly urls: DatabaseUrls };
}

/** Something that takes over sockets whose path begins with `prefix`. */
interface Upgrade {
  readonly prefix: string;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const notFound: RequestHandler = (_request, response) => {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('This process serves no pages. Start one with ROLES=web.\n');
};

/** Starts the roles of `config` in this process, all on one port. */
export async function serve({ config, log, stops, database }: Serve): Promise<{ address: string }> {
  const { db, sql } = database;
  const checks: Record<string, Checks[string]> = { database: async () => (await sql`select 1`).length === 1 };
  const upgrades: Upgrade[] = [];
  const closing: (() => Promise<void>)[] = [];
  let page: RequestHandler = notFound;
  const scripts = config.nodeEnv === 'development' ? null : await readBuiltScripts('.next/server/app');

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const live = await startLiveHub(sql);
  stops.add('live events', () => live.close());
  const secure = isSecure(config);
  const limits = createRateLimits({ sql, log, whose: (session) => whoseSession(db, session) });
  const runtime: Runtime = { db, sql, config, log, live, tails: createTails(db), limits, security: createSecurityLog({ log, registry }) };
  setRuntime(runtime);

  if (config.roles.has('realtime')) {
    const realtime = await startRealtime({ db, sql, config, log, registry });
    upgrades.push({ prefix: '/collab/', handleUpgrade: realtime.handleUpgrade });
    closing.push(() => realtime.close());
    checks['realtime'] = () => true;
  }
  if (config.roles.has('worker')) {
    const worker = await startWorker({ db, sql, url: database.urls.system, log, threads: config.computeThreads ?? Math.max(1, availableParallelism() - 1) });
    stops.add('the worker', () => worker.close());
    checks['worker'] = () => worker.ready();
  }
  if (config.roles.has('web')) {
    const web = await startWeb({ dev: config.nodeEnv === 'development', host: config.host, port: config.port });
    stops.add('the pages', () => web.close());
    page = web.handle;
    const sockets = startTrpcSockets(runtime);
    upgrades.push({ prefix: '/trpc', handleUpgrade: sockets.handleUpgrade });
    closing.push(async () => sockets.close());
    if (config.nodeEnv === 'development') upgrades.push({ prefix: '/_next/', handleUpgrade: web.handleUpgrade });
    checks['web'] = () => true;
  }

  const server = await listen(
    { host: config.host, port: config.port, bareHeaders: bareHeaders(secure) },
    async (request, response) => {
      settleClient(request, config.trustedProxies);
      setSecurityHeaders(request, response, { secure, scripts });
      if (!isForUs(request, config)) {
        response.writeHead(421, { 'content-type': 'text/plain' }).end(WRONG_HOST);
        return;
      }
      if (!(await guardRequest(request, response, { limits, stranger: strangerAt(request, secure) }))) return;
      if (request.url === '/healthz') return answerHealth(response, checks);
      if (request.url === '/metrics') return answerMetrics(request, response, { registry, token: config.metricsToken });
      return page(request, response);
    },
    (request, socket, head) => {
      settleClient(request, config.trustedProxies);
      if (!isForUs(request, config)) {
        socket.end('HTTP/1.1 421 Misdirected Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      const upgrade = upgrades.find(({ prefix }) => request.url?.startsWith(prefix));
      if (!upgrade) return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      guardUpgrade(socket, { limits, stranger: strangerAt(request, secure) }).then(
        (isFine) => isFine && upgrade.handleUpgrade(request, socket, head),
        (error: unknown) => {
          log.error({ err: error }, 'an upgrade failed');
          socket.destroy();
        },
      );
    },
  );
  // The listener waits for its sockets, so they are closed at the same time.
  stops.add('the server', async () => void (await Promise.all([server.close(), ...closing.map((close) => close())])));
  return { address: config.origin ?? `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${server.port}` };
}
