import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { REFUSED, twoOrganisations } from '#server/testing/two-organisations.ts';
import { asSystem } from '../database.ts';

const two = twoOrganisations();

describe('the role of the app', () => {
  it.each([
    'alter table formulas disable row level security',
    'alter table formulas no force row level security',
    'alter table formulas add column mine text',
    'drop table formulas',
    'truncate formulas',
    'truncate audit_log',
    'drop policy tenant on formulas',
    'create policy mine on formulas using (true)',
    'alter policy tenant on formulas using (true)',
    'drop trigger append_only on audit_log',
    'alter table audit_log disable trigger all',
    'create trigger mine after insert on formulas for each row execute function remember_person()',
    'create table mine (id int)',
    'create function public.mine() returns int language sql as $$ select 1 $$',
    'create or replace function public.add_job(text, json, timestamptz, int, int, text, text[]) returns void language sql as $$ $$',
    'create schema mine',
    'set role alphaloom',
    'set role alphaloom_system',
    'set role postgres',
    'set session authorization alphaloom',
    'grant alphaloom_system to alphaloom_app',
    'alter role alphaloom_app superuser',
    'alter role alphaloom_app bypassrls',
    'alter database postgres set search_path = mine',
    'set session_replication_role = replica',
    'select password_hash from users',
    'select * from users',
    "update users set name = 'mallory'",
    "insert into users (email, name, password_hash) values ('m@test.example', 'm', 'x')",
    'select id from sessions',
    'select previous_id from sessions',
    "insert into sessions (id, user_id, org_id, expires_at, absolute_expires_at) select 'mine', user_id, org_id, now(), now() from memberships",
    'update sessions set user_id = user_id',
    'insert into memberships (org_id, user_id, role) select org_id, user_id, role from memberships',
    'update memberships set user_id = user_id',
    "update organisations set plan = 'everything'",
    `update organisations set entitlements = '{"formulas": 1000000}'`,
    'select token_hash from invitations',
    'select * from audit_log',
    'delete from audit_log',
    "update audit_log set action = 'nothing'",
    'update versions set code = code',
    'delete from versions',
    'select * from stripe_events',
    'select * from known_devices',
    'delete from rate_limits',
    'delete from sign_in_attempts',
    'select * from graphile_worker.jobs',
    'select * from graphile_worker._private_jobs',
    "select graphile_worker.add_job('tick-bot')",
    'select graphile_worker.complete_jobs(array[1::bigint])',
    'select * from drizzle.__drizzle_migrations',
    'delete from drizzle.rights',
    "copy (select 1) to program 'true'",
    "copy formulas from '/etc/passwd'",
    "select pg_read_file('/etc/passwd')",
    "select lo_import('/etc/passwd')",
    'select rolpassword from pg_authid',
    'create extension if not exists postgres_fdw',
  ])('may not: %s', async (statement) => {
    expect(await two.attempt(two.a.orgId, (tx) => tx.execute(statement))).toBe(REFUSED);
  });

  it('is not rid of row-level security by turning it off for itself', async () => {
    // Postgres then refuses to read rather than read everything.
    expect(
      await two.attempt(two.a.orgId, async (tx) => {
        await tx.execute(sql`set local row_security = off`);
        return tx.execute(sql`select id from formulas`);
      }),
    ).toBe(REFUSED);
  });

  it('learns nothing through a function or an operator of its own that a query calls before the policy is asked', async () => {
    const seen = await two.attempt(two.a.orgId, async (tx) => {
      await tx.execute(sql`create temp table heard (line text)`);
      await tx.execute(
        sql.raw(
          `create function pg_temp.hear(text) returns bool language plpgsql cost 0.0000001 as $$ begin insert into pg_temp.heard values ($1); return true; end $$`,
        ),
      );
      await tx.execute(sql`select id from formulas where pg_temp.hear(name)`);
      return [...(await tx.execute<{ line: string }>(sql`select line from pg_temp.heard`))];
    });
    expect(seen).toEqual([{ line: two.a.mark }]);
  });
});

describe('the role of the system', () => {
  const asSystemRole = (statement: string) => asSystem(two.database.db, (tx) => tx.execute(statement));

  it('sees the rows of every organisation', async () => {
    const rows = await asSystem(two.database.db, (tx) => tx.execute<{ id: string }>(sql`select id from organisations`));
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([two.a.orgId, two.b.orgId]));
  });

  it.each([
    'alter table formulas disable row level security',
    'drop table formulas',
    'truncate formulas',
    'create policy mine on formulas using (true)',
    'create table mine (id int)',
    'create function public.mine() returns int language sql as $$ select 1 $$',
    'create or replace function graphile_worker.mine() returns int language sql as $$ select 1 $$',
    'set role alphaloom',
    'set role postgres',
    'alter role alphaloom_system superuser',
    'delete from audit_log',
    "update audit_log set action = 'nothing'",
    'update versions set code = code',
    'delete from drizzle.rights',
    'alter table graphile_worker._private_jobs disable row level security',
    "copy (select 1) to program 'true'",
    'set session_replication_role = replica',
  ])('may not: %s', async (statement) => {
    await expect(asSystemRole(statement)).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});

it('lets nobody in with another role’s password', async () => {
  const wrong = new URL(two.database.urls.system);
  wrong.password = new URL(two.database.urls.app).password;
  const client = postgres(wrong.href, { max: 1, fetch_types: false });
  await expect(client`select 1`).rejects.toMatchObject({ code: '28P01' });
  await client.end();
});
