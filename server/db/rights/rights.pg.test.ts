import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillOrganisation, type Filled } from '#server/testing/organisation.ts';
import { fillRest } from '#server/testing/fill-rest.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { asSystem, type Tx } from '../database.ts';
import { DECLARED_RIGHTS } from './declared-rights.ts';

interface Table extends Record<string, unknown> {
  readonly name: string;
  /** The column that says whose a row is. */
  readonly ofOrg: string | null;
  readonly readable: readonly string[];
  readonly changeable: readonly string[];
}

let database: TestDatabase;
let tables: readonly Table[];
let a: Filled;
let b: Filled;

beforeAll(async () => {
  database = await createTestDatabase();
  a = await fillOrganisation(database.db, await createOrganisation(database.db));
  b = await fillOrganisation(database.db, await createOrganisation(database.db));
  await fillRest(database.db, a);
  await fillRest(database.db, b);
  // Of the catalogue, not of the schema in TypeScript: a table that was forgotten there would be forgotten here.
  tables = [...(await database.db.app.execute<Table>(sql`
    select c.relname as name,
      case when c.relname = 'organisations' then 'id' when exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'org_id') then 'org_id' end as "ofOrg",
      (select coalesce(json_agg(attname), '[]') from pg_attribute t where t.attrelid = c.oid and attnum > 0 and not attisdropped and has_column_privilege(c.oid, attnum, 'select')) as readable,
      (select coalesce(json_agg(attname), '[]') from pg_attribute t where t.attrelid = c.oid and attnum > 0 and not attisdropped and has_column_privilege(c.oid, attnum, 'update')) as changeable
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f')`))];
});
afterAll(() => database.close());

const name = (text: string) => sql.raw(`"${text}"`);
const REFUSED = Symbol('refused');

/** As the app's role, in a transaction that is taken back; `org` may be anything that SQL could set. Null when the rights do not allow it. */
async function attempt<T>(org: string | null, work: (tx: Tx) => Promise<T>): Promise<T | typeof REFUSED> {
  const done = Symbol('done');
  let result: { readonly value: T } | undefined;
  try {
    await database.db.app.transaction(async (tx) => {
      if (org !== null) await tx.execute(sql`select set_config('alphaloom.org', ${org}, true)`);
      result = { value: await work(tx) };
      throw done;
    });
  } catch (error) {
    if (error === done && result) return result.value;
    const cause = error instanceof Error ? error.cause : undefined;
    if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '42501') return REFUSED;
    throw error;
  }
  throw new Error('the transaction was taken back');
}

const read = (org: string | null, { name: table, readable }: Table) =>
  attempt(org, async (tx) => [...(await tx.execute<Record<string, unknown>>(sql`select ${readable.length === 0 ? sql`1` : sql.join(readable.map(name), sql`, `)} from ${name(table)}`))]);

describe('tables', () => {
  it('are declared, each, and all that is declared is there', () => {
    expect(tables.map((table) => table.name).toSorted()).toEqual(Object.keys(DECLARED_RIGHTS).toSorted());
  });

  it('have row-level security and belong to neither role', async () => {
    const open = await database.sql`
      select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public') and relkind in ('r', 'p') and (not relrowsecurity or pg_has_role('alphaloom_app', relowner, 'member') or pg_has_role('alphaloom_system', relowner, 'member'))`;
    expect([...open]).toEqual([]);
  });

  it('grant nothing to everybody, and nothing beyond reading and writing', async () => {
    const granted = await database.sql`
      select c.relname, acl.privilege_type from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) acl
      where n.nspname in ('public', 'graphile_worker', 'drizzle') and acl.grantee <> c.relowner
        and (acl.grantee = 0 or (c.relkind <> 'S' and acl.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')) or (n.nspname <> 'public' and acl.grantee = 'alphaloom_app'::regrole))`;
    expect([...granted]).toEqual([]);
  });

  it('refer to rows of the same organisation only', async () => {
    // A foreign key passes by row-level security: one without the organisation would tell, and tie to, rows of others.
    const loose = await database.sql`
      select k.conrelid::regclass::text as of, k.confrelid::regclass::text as to from pg_constraint k
      where k.contype = 'f' and exists (select from pg_attribute t where t.attrelid = k.confrelid and t.attname = 'org_id')
        and not exists (select from pg_attribute t where t.attrelid = k.conrelid and t.attname = 'org_id' and t.attnum = any(k.conkey))`;
    expect([...loose]).toEqual([]);
  });

  it('have an index on the side of each foreign key from which rows are looked for', async () => {
    const slow = await database.sql`
      select k.conrelid::regclass::text as table, k.conname from pg_constraint k
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not exists (
        select from pg_index i where i.indrelid = k.conrelid and i.indpred is null and i.indkey[0] = any(k.conkey)
          and (cardinality(k.conkey) = 1 or i.indkey[0] <> (select attnum from pg_attribute where attrelid = k.conrelid and attname = 'org_id') or i.indkey[1] = any(k.conkey)))`;
    expect([...slow]).toEqual([]);
  });
});

describe('the role of the app', () => {
  it.each([['none', null], ['an empty one', ''], ['the system’s', 'system'], ['one that is not there', crypto.randomUUID()]])('reads no row of any table for an organisation such as %s', async (_, org) => {
    const seen: string[] = [];
    for (const table of tables) {
      const rows = await read(org, table);
      if (rows !== REFUSED && rows.length > 0) seen.push(table.name);
    }
    expect(seen).toEqual([]);
  });

  it('fails with an organisation that is no id', async () => {
    await expect(attempt("' or true --", (tx) => tx.execute(sql`select id from formulas`))).rejects.toMatchObject({ cause: { code: '22P02' } });
  });

  it('reads of each table the rows of its organisation, and only them', async () => {
    const leaks: string[] = [];
    const empty: string[] = [];
    for (const table of tables) {
      const rows = await read(a.orgId, table);
      if (rows === REFUSED) continue;
      if (rows.length === 0) empty.push(table.name);
      const text = JSON.stringify(rows);
      if (text.includes(b.orgId) || text.includes(b.mark) || text.includes(b.userId)) leaks.push(table.name);
      if (table.ofOrg !== null && rows.some((row) => row[table.ofOrg ?? ''] !== a.orgId)) leaks.push(table.name);
    }
    expect(leaks).toEqual([]);
    // Otherwise nothing was shown.
    expect(empty).toEqual([]);
  });

  it('neither changes nor deletes a row of another organisation, nor gives one away, in any table', async () => {
    const done: string[] = [];
    let tried = 0;
    for (const { name: table, ofOrg, changeable } of tables) {
      const others = ofOrg === null ? sql`true` : sql`${name(ofOrg)} <> ${a.orgId}::uuid`;
      const note = async (what: string, work: (tx: Tx) => Promise<{ count: number }>): Promise<void> => {
        tried += 1;
        const result = await attempt(a.orgId, work);
        if (result !== REFUSED && result.count > 0) done.push(`${what} ${table}`);
      };
      const [column = ofOrg ?? 'id'] = changeable;
      await note('delete from', (tx) => tx.execute(sql`delete from ${name(table)} where ${others}`));
      if (changeable.length > 0) await note('update', (tx) => tx.execute(sql`update ${name(table)} set ${name(column)} = ${name(column)} where ${others}`));
      if (ofOrg !== null) await note('give away', (tx) => tx.execute(sql`update ${name(table)} set ${name(ofOrg)} = ${b.orgId}::uuid where ${name(ofOrg)} = ${a.orgId}::uuid`));
    }
    expect(done).toEqual([]);
    expect(tried).toBeGreaterThan(2 * tables.length);
  });

  it('writes no row for another organisation, in any table', async () => {
    const planted: string[] = [];
    for (const { name: table, ofOrg } of tables) {
      if (ofOrg === null) continue;
      // The other's own row, as the system sees it: only whose it is can be wrong with it.
      const [row] = await asSystem(database.db, (tx) => tx.execute<{ row: unknown }>(sql`select row_to_json(t) as row from ${name(table)} t where ${name(ofOrg)} = ${b.orgId}::uuid limit 1`));
      expect({ table, row }).toMatchObject({ row: { row: expect.anything() } });
      const insert = await attempt(a.orgId, (tx) => tx.execute(sql`insert into ${name(table)} select * from json_populate_record(null::${name(table)}, ${JSON.stringify(row?.row)}::json)`));
      if (insert !== REFUSED) planted.push(table);
    }
    expect(planted).toEqual([]);
  });

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
    'create or replace function public.add_job(text, json, timestamptz, int, int, text[]) returns void language sql as $$ $$',
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
    "select graphile_worker.complete_jobs(array[1::bigint])",
    'select * from drizzle.__drizzle_migrations',
    'delete from drizzle.rights',
    "copy (select 1) to program 'true'",
    "copy formulas from '/etc/passwd'",
    "select pg_read_file('/etc/passwd')",
    "select lo_import('/etc/passwd')",
    'select rolpassword from pg_authid',
    "create extension if not exists postgres_fdw",
  ])('may not: %s', async (statement) => {
    expect(await attempt(a.orgId, (tx) => tx.execute(statement))).toBe(REFUSED);
  });

  it('is not rid of row-level security by turning it off for itself', async () => {
    // Postgres then refuses to read rather than read everything.
    expect(await attempt(a.orgId, async (tx) => {
      await tx.execute(sql`set local row_security = off`);
      return tx.execute(sql`select id from formulas`);
    })).toBe(REFUSED);
  });

  it('learns nothing through a function or an operator of its own that a query calls before the policy is asked', async () => {
    const seen = await attempt(a.orgId, async (tx) => {
      await tx.execute(sql`create temp table heard (line text)`);
      await tx.execute(sql.raw(`create function pg_temp.hear(text) returns bool language plpgsql cost 0.0000001 as $$ begin insert into pg_temp.heard values ($1); return true; end $$`));
      await tx.execute(sql`select id from formulas where pg_temp.hear(name)`);
      return [...(await tx.execute<{ line: string }>(sql`select line from pg_temp.heard`))];
    });
    expect(seen).toEqual([{ line: a.mark }]);
  });
});

describe('a job', () => {
  const add = (org: string | null, payload: string, job = 'tick-bot', more: (tx: Tx) => Promise<unknown> = async () => undefined) =>
    attempt(org, async (tx) => {
      await more(tx);
      await tx.execute(sql`select public.add_job(${job}, ${payload}::json, null, 1, 0, array[]::text[])`);
      return 'added';
    });

  it('is added by the app for its own organisation', async () => {
    expect(await add(a.orgId, JSON.stringify({ orgId: a.orgId, botId: a.botId, step: 0 }))).toBe('added');
  });

  it('is refused for another organisation, for none, and of the system', async () => {
    expect(await add(a.orgId, JSON.stringify({ orgId: b.orgId, botId: b.botId, step: 0 }))).toBe(REFUSED);
    // As JSON allows: the last one counts for whoever reads it.
    expect(await add(a.orgId, `{"orgId": "${a.orgId}", "orgId": "${b.orgId}"}`)).toBe(REFUSED);
    expect(await add(a.orgId, '{}', 'prune-sessions')).toBe(REFUSED);
    expect(await add(a.orgId, '{"orgId": null}')).toBe(REFUSED);
    expect(await add(null, JSON.stringify({ orgId: a.orgId }))).toBe(REFUSED);
    expect(await add(null, '{}')).toBe(REFUSED);
    expect(await add('', '{}')).toBe(REFUSED);
    expect(await add('system', '{}')).toBe(REFUSED);
  });

  it('is not changed by what lies in the way of names', async () => {
    const inTheWay = async (tx: Tx): Promise<void> => {
      await tx.execute(sql`create temp table jobs (id int)`);
      await tx.execute(sql.raw(`create function pg_temp.current_setting(text, bool) returns text language sql as $$ select '${b.orgId}' $$`));
      await tx.execute(sql`set local search_path = pg_temp, public, pg_catalog`);
    };
    expect(await add(a.orgId, JSON.stringify({ orgId: b.orgId }), 'tick-bot', inTheWay)).toBe(REFUSED);
  });

  it('has every function with the rights of its owner pinned to a path', async () => {
    const loose = await database.sql`
      select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema') and p.prosecdef and not coalesce(p.proconfig::text like '%search_path=pg_catalog, pg_temp%', false)`;
    expect([...loose]).toEqual([]);
  });
});

describe('the role of the system', () => {
  const asSystemRole = (statement: string) => asSystem(database.db, (tx) => tx.execute(statement));

  it('sees the rows of every organisation', async () => {
    const rows = await asSystem(database.db, (tx) => tx.execute<{ id: string }>(sql`select id from organisations`));
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([a.orgId, b.orgId]));
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

it('lets the owner read every table without row-level security, as a backup does', async () => {
  const owner = postgres(database.urls.migration, { max: 1, fetch_types: false, connection: { row_security: 'off' } });
  for (const { name: table } of tables) expect({ table, rows: (await owner`select from ${owner(table)}`).count }).toMatchObject({ rows: expect.toSatisfy((rows: number) => rows > 0) });
  await owner.end();
});

it('keeps the names of people who have left, for those who read what they made', async () => {
  await asSystem(database.db, (tx) => tx.execute(sql`delete from memberships where user_id = ${a.userId}::uuid`));
  const names = await attempt(a.orgId, (tx) => tx.execute<{ name: string }>(sql`select u.name from versions v join users u on u.id = v.author_id`));
  expect(names === REFUSED ? [] : names.map((row) => row.name)).toEqual([expect.stringMatching(/^editor /)]);
});

it('lets nobody in with another role’s password', async () => {
  const wrong = new URL(database.urls.system);
  wrong.password = new URL(database.urls.app).password;
  const client = postgres(wrong.href, { max: 1, fetch_types: false });
  await expect(client`select 1`).rejects.toMatchObject({ code: '28P01' });
  await client.end();
});
