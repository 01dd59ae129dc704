import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { openDatabase, withOrg, type OpenDatabase } from '#server/db/database.ts';
import { DATABASE_TIMES } from '#server/db/time-limits.ts';
import { createTestRuntime, openBrowser } from '#server/testing/api.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { answerTrpc } from './answer-trpc.ts';

/** Short for a test, and longer than an honest transaction waits for the processor on a busy machine. */
const SHORT = { statement: 3_000, lock: 500, idle: 3_000 };
let database: TestDatabase;
let hurried: OpenDatabase;
let runtime: Awaited<ReturnType<typeof createTestRuntime>>;
beforeAll(async () => {
  database = await createTestDatabase();
  hurried = openDatabase(database.urls, { max: 2, times: { app: SHORT, system: SHORT } });
  runtime = await createTestRuntime({ ...database, ...hurried });
});
afterAll(async () => {
  await runtime.close();
  await hurried.close();
  await database.close();
});

const register = async (name: string) => {
  const browser = openBrowser(runtime);
  await browser
    .call()
    .session.register({ name, email: `${name}@test.example`, password: 'correct horse battery', organisation: name });
  const me = await browser.call().session.me();
  return { cookie: browser.cookie() ?? '', orgId: me?.org.id ?? '', call: browser.call() };
};

it('each role has its limits on every connection', async () => {
  for (const role of ['app', 'system'] as const) {
    const [row] = await database.db[role].execute<{ statement: string; lock: string; idle: string }>(
      sql`select extract(epoch from current_setting('statement_timeout')::interval) * 1000 as statement,
        extract(epoch from current_setting('lock_timeout')::interval) * 1000 as lock,
        extract(epoch from current_setting('idle_in_transaction_session_timeout')::interval) * 1000 as idle`,
    );
    expect({ statement: Number(row?.statement), lock: Number(row?.lock), idle: Number(row?.idle) }).toEqual(
      DATABASE_TIMES[role],
    );
  }
});

it('who waits for a lock that nobody gives back is told so, and everything goes on', async () => {
  const ada = await register('ada');
  const formula = await ada.call.formula.create({ name: 'Locked', code: 'buy(when: close > open)' });
  const owner = postgres(database.urls.migration, { max: 1, onnotice: () => undefined });
  const holder = await owner.reserve();
  await holder`begin`;
  await holder`select pg_advisory_xact_lock(hashtextextended(${`formula names ${ada.orgId}`}, 0))`;
  await holder`lock table formulas in access exclusive mode`;
  const asked = (path: string, input?: unknown) =>
    answerTrpc(
      runtime,
      new Request(
        `http://localhost/api/trpc/${path}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`}`,
        {
          headers: { host: 'localhost', cookie: ada.cookie },
        },
      ),
    );
  const refused = await asked('formula.get', { id: formula.id });
  expect({ status: refused.status, text: await refused.text() }).toEqual({
    status: 409,
    text: expect.stringMatching(/Somebody else is changing this and does not come to an end\. Try again in a minute\./),
  });
  // What needs no part of it is answered meanwhile, though the pool has two connections and many wait.
  const waiting = Array.from({ length: 6 }, () => asked('formula.get', { id: formula.id }));
  expect((await asked('market.list')).status).toBe(200);
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([409, 409, 409, 409, 409, 409]);
  await holder`rollback`;
  holder.release();
  await owner.end();
  expect((await asked('formula.get', { id: formula.id })).status).toBe(200);
});

it('a statement that takes too long is ended, and a transaction that asks nothing', async () => {
  const { orgId } = await register('slow');
  await expect(
    withOrg(hurried.db, idOf('organisation', orgId), (tx) => tx.execute(sql`select pg_sleep(20)`)),
  ).rejects.toMatchObject({
    cause: { code: '57014' },
  });
  const [begun, other] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
  const idle = withOrg(hurried.db, idOf('organisation', orgId), async (tx) => {
    const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    begun.resolve(row?.pid ?? 0);
    await other.promise;
    await tx.execute(sql`select 1`);
  });
  const ended = expect(idle).rejects.toThrow();
  const pid = await begun.promise;
  // The server ends the session by itself.
  const isThere = async () => database.sql`select 1 from pg_stat_activity where pid = ${pid}`;
  await expect.poll(isThere, { timeout: 30_000 }).toEqual([]);
  other.resolve();
  await ended;
  expect(await withOrg(hurried.db, idOf('organisation', orgId), (tx) => tx.execute(sql`select 1 as n`))).toMatchObject([
    { n: 1 },
  ]);
});
