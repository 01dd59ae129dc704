import { pino } from 'pino';
import type { Actor } from '#server/auth/actor.ts';
import { createRequestContext, type Context } from '#server/api/context.ts';
import { appRouter } from '#server/api/router.ts';
import { createCallerFactory } from '#server/api/trpc.ts';
import { loadConfig } from '#server/config/config.ts';
import { createRateLimits } from '#server/limits/rate-limits.ts';
import { startLiveHub } from '#server/live/hub.ts';
import { createTails } from '#server/live/tails.ts';
import type { Runtime } from '#server/runtime.ts';
import type { TestDatabase } from './test-database.ts';

export type Caller = ReturnType<typeof createCaller>;
const createCaller = createCallerFactory(appRouter);

export async function createTestRuntime(database: TestDatabase): Promise<Runtime & { close(): Promise<void> }> {
  const live = await startLiveHub(database.sql);
  const log = pino({ level: 'silent' });
  const runtime = { db: database.db, sql: database.sql, config: loadConfig({ NODE_ENV: 'test' }), log, live, tails: createTails(database.db), limits: createRateLimits({ sql: database.sql, log }) };
  return { ...runtime, close: () => live.close() };
}

/** Calls procedures as this person, without a session; as a stranger with null. */
export function callAs(runtime: Runtime, actor: Actor | null): Caller {
  const context: Context = {
    ...runtime,
    from: { ip: '192.0.2.1', userAgent: 'test' },
    ownOrigin: true,
    authenticate: async () => actor,
    authenticateAgain: async () => actor,
    connection: null,
    setCookie: null,
  };
  return createCaller(context);
}

/** A browser: calls procedures over one cookie jar, so that sign-in and sign-out are the real ones. */
export function openBrowser(runtime: Runtime): { call(): Caller; cookie(): string | undefined } {
  let cookie: string | undefined;
  return {
    cookie: () => cookie,
    call: () => {
      const headers = { host: 'localhost', origin: 'http://localhost', ...(cookie ? { cookie } : {}) };
      const responseHeaders = new Headers();
      const context = createRequestContext(runtime, new Request('http://localhost/api/trpc', { headers }), responseHeaders);
      const setCookie = (value: string): void => {
        cookie = value.split(';')[0];
      };
      return createCaller({ ...context, setCookie });
    },
  };
}
