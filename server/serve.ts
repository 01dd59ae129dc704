import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { startTrpcSockets } from './api/trpc-sockets.ts';
import { whoseSession } from './auth/authenticate.ts';
import { isSecure } from './auth/cookie.ts';
import { openSealer } from './auth/sealer.ts';
import { createFormulaThreads } from './compute/formula-threads.ts';
import { addressOf, type Config } from './config/config.ts';
import { isAnswering, type OpenDatabase } from './db/database.ts';
import type { DatabaseUrls } from './db/urls.ts';
import { createEntrance, type Upgrade } from './http/entrance.ts';
import type { Checks } from './http/health.ts';
import { listen, type RequestHandler } from './http/listen.ts';
import { bareHeaders, readBuiltScripts } from './http/security-headers.ts';
import { startWeb } from './http/web.ts';
import { filePost, smtpPost } from './integrations/mail/post.ts';
import { startWorker } from './jobs/start-worker.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { startLiveHub } from './live/hub.ts';
import type { Log } from './observability/log.ts';
import { createSecurityLog } from './observability/security-log.ts';
import { keptConnections } from './policies/connection-limits.ts';
import { startRealtime } from './realtime/start-realtime.ts';
import { setRuntime, type Runtime } from './runtime.ts';
import type { Stops } from './stop.ts';
import { openBilling } from './use-cases/billing/billing.ts';

interface Serve {
  readonly config: Config;
  readonly log: Log;
  readonly stops: Stops;
  readonly database: OpenDatabase & { readonly urls: DatabaseUrls };
}

const notFound: RequestHandler = (_request, response) => {
  response
    .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
    .end('This process serves no pages. Start one with ROLES=web.\n');
};

/** Starts the roles of `config` in this process, all on one port. */
export async function serve({ config, log, stops, database }: Serve): Promise<{ address: string }> {
  const { db, sql } = database;
  const checks: Record<string, Checks[string]> = { database: () => isAnswering(sql) };
  const upgrades: Upgrade[] = [];
  const closing: (() => Promise<void>)[] = [];
  let page: RequestHandler = notFound;
  const scripts = config.nodeEnv === 'development' ? null : await readBuiltScripts('.next/server/app');

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const live = await startLiveHub({ db, sql, log });
  stops.add('live events', () => live.close());
  const secure = isSecure(config);
  const limits = createRateLimits({ sql, log, whose: (session) => whoseSession(db, session) });
  live.onAccessChange(limits.forget);
  const formulas = createFormulaThreads(log);
  stops.add('the threads of formulas', () => formulas.close());
  const sealer = await openSealer(config);
  const post = config.mail ? smtpPost(config.mail) : filePost(join(config.dataDir, 'mail'));
  stops.add('the post', async () => post.close());
  const runtime: Runtime = {
    db,
    sql,
    config,
    log,
    live,
    limits,
    security: createSecurityLog({ log, registry }),
    formulas: formulas.ask,
    sealer,
    post,
    billing: openBilling(config),
  };
  setRuntime(runtime);

  if (config.roles.has('realtime')) {
    const realtime = await startRealtime({ db, sql, config, log, registry, formulas: formulas.ask });
    upgrades.push({ prefix: '/collab/', handleUpgrade: realtime.handleUpgrade });
    closing.push(() => realtime.close());
    checks['realtime'] = () => true;
  }
  if (config.roles.has('worker')) {
    const worker = await startWorker({
      db,
      sql,
      url: database.urls.system,
      log,
      billing: runtime.billing,
      formulas: formulas.ask,
      letters: { post, address: addressOf(config) },
      sealer,
      threads: config.computeThreads ?? Math.max(1, availableParallelism() - 1),
    });
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

  const entrance = createEntrance({ config, log, registry, limits, checks, scripts, page, upgrades });
  const server = await listen(
    {
      host: config.host,
      port: config.port,
      bareHeaders: bareHeaders(secure),
      proxies: config.trustedProxies,
      times: keptConnections(config.keepAlive, config.isBehindProxy),
      registry,
      log,
    },
    entrance.onRequest,
    entrance.onUpgrade,
  );
  // The listener waits for its sockets, so they are closed at the same time.
  stops.add('the server', async () => void (await Promise.all([server.close(), ...closing.map((close) => close())])));
  return {
    address: config.origin ?? `http://${config.host === '127.0.0.1' ? 'localhost' : config.host}:${server.port}`,
  };
}
