import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { sql as raw } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { OrgId } from '#core/requests/ids.ts';
import { fillRest } from '#server/testing/fill-rest.ts';
import { migrationsUpTo } from '#server/testing/older-migrations.ts';
import { fillOrganisation, type Filled } from '#server/testing/organisation.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { inDatabase, runOn } from '#server/testing/template.ts';
import { asSystem, openDatabase, withOrg } from './database.ts';
import { migrate } from './migrate.ts';
import { backtests, bots, instruments, notifications, organisations, users, versions } from './schema/index.ts';
import type { DatabaseUrls } from './urls.ts';

/** Of a market, since it has an instrument and grows. */
const MOVED = ['name', 'currency', 'data_hash', 'revision', 'corrected', 'times_are'];

const made: string[] = [];
afterEach(async () => {
  for (const name of made.splice(0))
    await runOn(inject('postgres').migration, `drop database if exists ${name} with (force)`);
});

async function createDatabase(): Promise<DatabaseUrls> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  made.push(name);
  await runOn(inject('postgres').migration, `create database ${name}`);
  return inDatabase(inject('postgres'), name);
}

const oneRole = ({ migration }: DatabaseUrls): DatabaseUrls => ({ app: migration, system: migration, migration });

/**
 * Columns that were added and filled: where a bot stands, which was in its checkpoint; what a notification says, which
 * was in its comment.
 */
const ADDED: Readonly<Record<string, readonly string[]>> = {
  bots: ['next_bar', 'step'],
  formulas: ['tags'],
  markets: MOVED,
  organisations: ['plan'],
  sessions: ['stepped_up_at', 'last_seen_at'],
  users: ['is_platform_admin'],
  notifications: ['once', 'facts', 'actor_id', 'formula_id'],
};

/**
 * Everything in the database but the queue, as the owner of the tables sees it, each row as text without what is null,
 * since columns are added, and without what follows from other columns.
 */
async function everything(url: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const sql = postgres(url, { max: 1, fetch_types: false, connection: { 'alphaloom.org': 'system' } });
  try {
    const tables = await sql<
      { name: string }[]
    >`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
    const rows = tables.map(
      async ({ name }) =>
        [
          name,
          (
            await sql<
              { row: string }[]
            >`select (jsonb_strip_nulls(to_jsonb(t)) - string_to_array(${(ADDED[name] ?? []).join(',')}, ','))::text as row from ${sql(name)} t order by 1`
          ).map(({ row }) => row),
        ] as const,
    );
    return Object.fromEntries(await Promise.all(rows));
  } finally {
    await sql.end();
  }
}

/**
 * As it was made by the version before there were roles: one role that owns the tables, and under which everything
 * runs.
 */
async function olderDatabase(): Promise<{ urls: DatabaseUrls; filled: Filled; left: Filled }> {
  const urls = await createDatabase();
  const folder = await migrationsUpTo('accounts');
  const sql = postgres(urls.migration, { max: 1, onnotice: () => undefined });
  await runDrizzle(drizzle(sql), { migrationsFolder: folder });
  // Our inserts name every column of today. Those that this version had not are there while it is filled.
  await sql`alter table formulas add column unreadable_since timestamptz, add column tags text[] default '{}'`;
  await sql`alter table bots add column next_bar integer, add column step integer default 0`;
  await sql`alter table audit_log add column actor_kind text, add column actor_name text, add column sequence bigint,
    add column who text, add column who_salt text, add column what text, add column what_salt text, add column hash text`;
  await sql`alter table invitations add column letter_token_hash text`;
  await sql`alter table organisations add column delete_after timestamptz`;
  await sql`alter table users add column is_platform_admin boolean default false, add column suspended_at timestamptz,
    add column suspended_for text, add column email_verified_at timestamptz, add column second_factor_since timestamptz,
    add column time_zone text, add column theme text, add column deletes_at timestamptz`;
  await sql`alter table bots add column frozen_at timestamptz`;
  await sql`alter table stripe_events add column customer_id text`;
  await sql`alter table sessions add column stepped_up_at timestamptz default now(),
    add column last_seen_at timestamptz default now()`;
  await sql`alter table bots add column notice text, add column next_version_id uuid, add column upgrade text,
    add column trades_after bigint, add column carried_cash float8`;
  await sql`alter table comment_threads add column review_id uuid, add column change_key text`;
  await sql`alter table formulas add column said_origin jsonb`;
  await sql`alter table backtests add column made_on jsonb, add column sketch jsonb, add column title text,
    add column deleted_at timestamptz`;
  await sql`alter table sweeps add column made_on jsonb`;
  await sql`alter table bar_chunks add column leaves bytea`;
  await sql`alter table markets add column revision integer default 0, add column corrected integer default 0, add column times_are text,
    alter column name drop not null, alter column currency drop not null, alter column data_hash drop not null`;
  await sql`create table instruments (org_id uuid, symbol text, name text, kind text default 'other', venue text, currency text,
    tick float8, lot float8, time_zone text default 'UTC', session jsonb, created_at timestamptz default now())`;
  await sql`alter table notifications add column once text, add column facts jsonb, add column actor_id uuid, add column formula_id uuid`;
  await rm(folder, { recursive: true });
  const before = openDatabase(oneRole(urls), { max: 2 });
  const filled = await fillOrganisation(before.db, await createOrganisation(before.db));
  const left = await fillOrganisation(before.db, await createOrganisation(before.db));
  await fillRest(before.db, filled);
  // Somebody who made a version and has left.
  await asSystem(before.db, (tx) => tx.execute(raw`delete from memberships where user_id = ${left.userId}::uuid`));
  await before.close();
  await sql`alter table formulas drop column unreadable_since, drop column tags`;
  await sql`alter table formulas drop column said_origin`;
  await sql`alter table comment_threads drop column review_id, drop column change_key`;
  await sql`alter table bots drop column next_version_id, drop column upgrade, drop column trades_after, drop column carried_cash`;
  await sql`alter table audit_log drop column actor_kind, drop column actor_name, drop column sequence,
    drop column who, drop column who_salt, drop column what, drop column what_salt, drop column hash`;
  await sql`alter table invitations drop column letter_token_hash`;
  await sql`alter table organisations drop column delete_after`;
  await sql`alter table users drop column is_platform_admin, drop column suspended_at, drop column suspended_for,
    drop column email_verified_at, drop column second_factor_since, drop column time_zone, drop column theme,
    drop column deletes_at`;
  await sql`alter table bots drop column frozen_at`;
  await sql`alter table stripe_events drop column customer_id`;
  await sql`alter table sessions drop column stepped_up_at, drop column last_seen_at`;
  await sql`alter table bots drop column next_bar, drop column step, drop column notice`;
  await sql`alter table backtests drop column made_on, drop column sketch, drop column title, drop column deleted_at`;
  await sql`alter table sweeps drop column made_on`;
  await sql`alter table bar_chunks drop column leaves`;
  await sql`alter table notifications drop column once, drop column facts, drop column actor_id, drop column formula_id`;
  await sql`select set_config('alphaloom.org', 'system', false)`;
  await sql`update markets set name = 'Of ' || symbol, currency = 'CHF', data_hash = symbol`;
  await sql`alter table markets drop column revision, drop column corrected, drop column times_are,
    alter column name set not null, alter column currency set not null, alter column data_hash set not null`;
  await sql`drop table instruments`;
  await sql`update backtests set status = 'succeeded' where id = ${filled.backtestId}`;
  await sql`update bots set checkpoint = '{"next": 7, "step": 3}' where id = ${filled.botId}`;
  await sql.end();
  return { urls, filled, left };
}

/** The tables that the older version had. */
const older = (
  all: Awaited<ReturnType<typeof everything>>,
  before: Awaited<ReturnType<typeof everything>>,
): Awaited<ReturnType<typeof everything>> =>
  Object.fromEntries(Object.entries(all).filter(([table]) => Object.hasOwn(before, table)));

describe('a database of an older version', () => {
  it('keeps every row, and is used by three roles from then on', async () => {
    const { urls, filled, left } = await olderDatabase();
    const before = await everything(urls.migration);
    expect(Object.values(before).every((rows) => rows.length > 0)).toBe(true);
    await migrate(urls);
    const {
      organisation_people: people,
      damaged_documents: none,
      stored_bytes: stored,
      instruments: moved,
      ...all
    } = await everything(urls.migration);
    const after = older(all, before);
    expect({ ...after, backtests: [] }).toEqual({ ...before, backtests: [] });
    expect(moved).toHaveLength(2);
    // What came since is empty.
    expect(Object.entries(all).filter(([table, rows]) => !Object.hasOwn(before, table) && rows.length > 0)).toEqual([]);
    expect(people).toHaveLength(2);
    expect(none).toEqual([]);
    // What was there before it was counted.
    expect(stored).toHaveLength(3);

    const database = openDatabase(urls, { max: 2 });
    const authorsOf = (orgId: OrgId) =>
      withOrg(database.db, orgId, (tx) =>
        tx
          .select({ id: users.id })
          .from(versions)
          .innerJoin(users, raw`${users.id} = ${versions.authorId}`),
      );
    const positions = await withOrg(database.db, filled.orgId, (tx) =>
      tx.select({ nextBar: bots.nextBar, step: bots.step }).from(bots),
    );
    expect(positions).toEqual([{ nextBar: 7, step: 3 }]);
    const known = await withOrg(database.db, filled.orgId, async (tx) => ({
      instruments: await tx.select().from(instruments),
      runs: await tx.select({ madeOn: backtests.madeOn }).from(backtests),
    }));
    expect(known).toMatchObject({
      instruments: [{ symbol: filled.mark, name: `Of ${filled.mark}`, currency: 'CHF', kind: 'other' }],
      runs: [{ madeOn: { revision: 0, feeds: {}, first: 0, last: 86_400_000 } }],
    });
    expect(await withOrg(database.db, filled.orgId, (tx) => tx.select().from(notifications))).toMatchObject([
      {
        kind: 'reply',
        once: `comment ${filled.commentId}`,
        commentId: filled.commentId,
        actorId: filled.userId,
        formulaId: filled.formulaId,
        facts: {},
      },
    ]);
    expect(await authorsOf(filled.orgId)).toEqual([{ id: filled.userId }]);
    expect(await authorsOf(left.orgId)).toEqual([{ id: left.userId }]);
    expect(await database.db.app.select().from(organisations)).toEqual([]);
    await database.close();
  });

  it('goes on with its one role, and changes to three later', async () => {
    const { urls, filled } = await olderDatabase();
    const before = await everything(urls.migration);
    await migrate(oneRole(urls));
    const after = older(await everything(urls.migration), before);
    expect({ ...after, backtests: [] }).toEqual({ ...before, backtests: [] });

    const shared = openDatabase(oneRole(urls), { max: 2 });
    const names = (orgId: OrgId) =>
      withOrg(shared.db, orgId, (tx) => tx.select({ id: organisations.id }).from(organisations));
    expect(await names(filled.orgId)).toEqual([{ id: filled.orgId }]);
    expect(await shared.db.app.select().from(organisations)).toEqual([]);
    expect(await asSystem(shared.db, (tx) => tx.select().from(organisations))).toHaveLength(2);
    // What is counted outside of any transaction goes on as well.
    expect(await shared.sql`select key from rate_limits`).toHaveLength(1);
    await withOrg(shared.db, filled.orgId, (tx) =>
      tx.execute(raw`select public.add_job('tick-bot', '{}', null, 1, 0, null, array[]::text[])`),
    );
    await shared.close();

    await migrate(urls);
    const last = older(await everything(urls.migration), before);
    expect(last).toEqual(after);
  });

  it.each([
    ['three roles', (urls: DatabaseUrls) => urls],
    ['its one role', oneRole],
  ])('keeps what was taken for runs as snapshots without a number, under %s', async (_, rolesOf) => {
    const { urls, filled } = await olderDatabase();
    const sql = postgres(urls.migration, { max: 1, connection: { 'alphaloom.org': 'system' } });
    const copies = [
      ['Taken for a backtest', 2],
      ['Taken for a sweep', 3],
      ['Taken for a backtest', 4],
      ['By hand', 5],
    ] as const;
    for (const [message, number] of copies)
      await sql`insert into versions (org_id, formula_id, number, message, author_id, code, json, content_hash, error_count, document_state)
        select org_id, formula_id, ${number}, ${message}, author_id, code, json, ${`hash ${number}`}, 0, document_state from versions where id = ${filled.versionId}`;
    // What a bot runs was chosen by somebody.
    await sql`update bots set version_id = (select id from versions where number = 4) where id = ${filled.botId}`;
    await migrate(rolesOf(urls));
    const kept = await sql<{ number: number | null; message: string; hash: string }[]>`
      select number, message, content_hash as hash from versions where formula_id = ${filled.formulaId} and content_hash like 'hash %' order by content_hash`;
    await sql.end();
    expect(kept.map(({ number, message, hash }) => [number, message, hash])).toEqual([
      [null, '', 'hash 2'],
      [null, '', 'hash 3'],
      [4, 'Taken for a backtest', 'hash 4'],
      [5, 'By hand', 'hash 5'],
    ]);
  });
});

describe('roles', () => {
  it('get their rights once, not at every start', async () => {
    const urls = await createDatabase();
    await migrate(urls);
    // Whoever holds a table would wait for another who changes its policies.
    const holder = postgres(urls.app, { max: 1 });
    await holder.begin(async (tx) => {
      await tx`select from formulas`;
      await migrate(urls);
    });
    await holder.end();
  });

  it('get them again when a migration was added', async () => {
    const urls = await createDatabase();
    await migrate(urls);
    await runOn(urls.migration, 'revoke all on formulas from alphaloom_app');
    await runOn(
      urls.migration,
      'delete from drizzle.__drizzle_migrations where id = (select min(id) from drizzle.__drizzle_migrations)',
    );
    await migrate(urls);
    const database = openDatabase(urls, { max: 1 });
    expect(await database.db.app.execute(raw`select id from formulas`)).toHaveLength(0);
    await database.close();
  });

  it('are not taken from servers that run, unless that is asked for', async () => {
    const urls = await createDatabase();
    await migrate(urls);
    await expect(migrate(oneRole(urls))).rejects.toThrow(
      /used by the roles “alphaloom_app” .* “alphaloom_system”[\s\S]*DATABASE_ROLES=one/,
    );
    const others = { ...urls, app: urls.system, system: urls.app };
    await expect(migrate(others)).rejects.toThrow(/DATABASE_ROLES=three/);
    await migrate(others, { mayReplaceRoles: true });
    const database = openDatabase(others, { max: 1 });
    // Nothing stays with whoever had more before.
    await expect(database.db.app.execute(raw`select * from users`)).rejects.toMatchObject({ cause: { code: '42501' } });
    expect(await database.db.system.execute(raw`select * from users`)).toHaveLength(0);
    await database.close();
    await migrate(oneRole(urls), { mayReplaceRoles: true });
  });

  it('that own the tables are refused for the app and for the system', async () => {
    const urls = await createDatabase();
    await expect(migrate({ ...urls, app: urls.migration })).rejects.toThrow(
      /“alphaloom” of DATABASE_URL is that of another URL too[\s\S]*create role alphaloom_app/,
    );
    await expect(migrate({ ...urls, system: urls.migration })).rejects.toThrow(/“alphaloom” of SYSTEM_DATABASE_URL/);
    await expect(migrate({ ...urls, app: urls.system })).rejects.toThrow(
      /“alphaloom_system” of DATABASE_URL is that of another URL too/,
    );
  });
});
