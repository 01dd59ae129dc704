import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import postgres from 'postgres';
import { expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { idOf } from '#core/requests/ids.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { bots } from '#server/db/schema/index.ts';
import { DATABASE_TIMES } from '#server/db/time-limits.ts';
import { listenForCancellations } from '#server/queue/cancellations.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { addSampleMarket } from '#server/use-cases/market/sample-market.ts';
import { withTimes } from './job-pool.ts';

const api = testApi();

it('what is cancelled while nobody hears is heard once the connection is there again', async () => {
  const owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  const call = callAs(api.runtime, owner);
  const { id: formulaId } = await call.formula.create({ name: 'F', code: 'buy(when: close > open)' });
  const { id: versionId } = await call.version.create({ formulaId, message: '' });
  const marketId = await withOrg(api.db, owner.orgId, (tx) => addSampleMarket(tx, owner.orgId));
  const bot = { name: 'Bot', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS } as const;
  const [paused, stays] = [(await call.bot.create(bot)).id, (await call.bot.create(bot)).id];
  for (const id of [paused, stays]) await call.bot.start({ id });

  const cancellations = await listenForCancellations({
    db: api.db,
    sql: api.database.sql,
    log: pino({ level: 'silent' }),
    lookEvery: 3_600_000,
  });
  const [first, second] = [cancellations.watch(paused), cancellations.watch(stays)];
  const gone = cancellations.watch(idOf('bot', crypto.randomUUID()));
  // Without a word to anybody, as when the line was down; then the line breaks.
  await asSystem(api.db, (tx) =>
    tx
      .update(bots)
      .set({ status: 'paused' })
      .where(sql`id = ${paused}::uuid`),
  );
  await asSystem(api.db, (tx) =>
    tx.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'`),
  );
  await vi.waitFor(() => expect(first.signal.aborted).toBe(true), 20_000);
  expect([second.signal.aborted, gone.signal.aborted]).toEqual([false, true]);
  for (const watch of [first, second, gone]) watch.done();
  await cancellations.close();
});

it('the connections of the queue have limits of time', async () => {
  const url = new URL(withTimes(api.database.urls.system));
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    statement_timeout: String(DATABASE_TIMES.system.statement),
    lock_timeout: String(DATABASE_TIMES.system.lock),
    idle_in_transaction_session_timeout: String(DATABASE_TIMES.system.idle),
  });
  const client = postgres(url.href, { max: 1 });
  const [row] = await client<{ lock: string }[]>`select current_setting('lock_timeout') as lock`;
  expect(row?.lock).toBe('1min');
  await client.end();
});
