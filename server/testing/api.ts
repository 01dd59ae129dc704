import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createRequestContext, type Context } from '#server/api/context.ts';
import { appRouter } from '#server/api/router.ts';
import { createCallerFactory } from '#server/api/trpc.ts';
import { isSecure, sessionCookieName } from '#server/auth/cookie.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { loadConfig } from '#server/config/config.ts';
import { createRateLimits } from '#server/limits/rate-limits.ts';
import { startLiveHub } from '#server/live/hub.ts';
import { createSecurityLog } from '#server/observability/security-log.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Runtime } from '#server/runtime.ts';
import { testMeans } from './means.ts';
import type { TestDatabase } from './test-database.ts';

export type Caller = ReturnType<typeof createCaller>;
const createCaller = createCallerFactory(appRouter);

export async function createTestRuntime(database: TestDatabase): Promise<Runtime & { close(): Promise<void> }> {
  const log = pino({ level: 'silent' });
  const live = await startLiveHub({ ...database, log });
  const runtime = {
    db: database.db,
    sql: database.sql,
    config: loadConfig({ NODE_ENV: 'test' }),
    log,
    live,
    limits: createRateLimits({ sql: database.sql, log }),
    security: createSecurityLog({ log, registry: new Registry() }),
    formulas: askHere,
    ...testMeans(),
    billing: null,
  };
  return { ...runtime, close: () => live.close() };
}

/** Calls procedures as this person, without a session; as a stranger with null. */
export function callAs(runtime: Runtime, actor: Person | null): Caller {
  const context: Context = {
    ...runtime,
    from: { ip: '192.0.2.1', userAgent: 'test' },
    ownOrigin: true,
    authenticate: async () => actor,
    authenticateAgain: async () => actor,
    current: async () => actor,
    connection: null,
    answer: null,
    tokens: { session: null, device: null },
    setCookie: null,
  };
  return createCaller(context);
}

/**
 * A browser: calls procedures over one cookie jar, so that sign-in and sign-out are the real ones. `address` is where
 * it comes from.
 */
export function openBrowser(
  runtime: Runtime,
  address: string | null = null,
): { call(): Caller; cookie(): string | undefined; jar: Map<string, string> } {
  const jar = new Map<string, string>();
  const setCookie = (value: string): void => {
    const [pair = ''] = value.split(';');
    const at = pair.indexOf('=');
    jar.set(pair.slice(0, at), pair);
  };
  return {
    jar,
    cookie: () => jar.get(sessionCookieName(isSecure(runtime.config))),
    call: () => {
      const cookie = [...jar.values()].join('; ');
      const headers = { host: 'localhost', origin: 'http://localhost', ...(cookie ? { cookie } : {}) };
      const responseHeaders = new Headers();
      responseHeaders.append = (name, value) => (name === 'set-cookie' ? setCookie(value) : undefined);
      const context = createRequestContext(
        runtime,
        new Request('http://localhost/api/trpc', { headers }),
        responseHeaders,
      );
      return createCaller({ ...context, from: { ...context.from, ip: address } });
    },
  };
}
