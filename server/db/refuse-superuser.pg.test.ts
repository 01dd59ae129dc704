import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inDatabase, runOn, withDatabase } from '#server/testing/template.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { migrate } from './migrate.ts';

let dataDir: string;
let server: EmbeddedPostgres;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-migrate-'));
  server = await startEmbeddedPostgres({
    dataDir,
    log: { info: () => undefined, error: () => undefined },
    settings: { fsync: 'off' },
  });
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const messageOf = async (work: Promise<unknown>): Promise<string> => {
  const failure = await work.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  return failure instanceof Error ? failure.message : '';
};

/** Lines to be run in psql, without those for roles that are there. */
const commandsIn = (message: string): string =>
  message
    .slice(message.indexOf('    create role'), message.indexOf('\nand start with'))
    .replaceAll(/ {4}create role[^;]*;/g, '');

it('refuses a superuser, and what it says to run makes a database of a superuser right', async () => {
  const name = `old_${randomBytes(4).toString('hex')}`;
  await runOn(server.superuserUrl, `create database ${name}`);
  const urls = inDatabase(server.urls, name);
  const superuser = withDatabase(server.superuserUrl, name);
  // As an earlier version left it: everything made by the plain role, then given to the superuser.
  await runOn(superuser, `alter database ${name} owner to alphaloom`);
  await migrate(urls);
  await runOn(superuser, 'reassign owned by alphaloom to postgres');
  // Which takes the databases as well.
  await runOn(superuser, 'alter database alphaloom owner to alphaloom');
  const message = await messageOf(migrate({ app: superuser, system: superuser, migration: superuser }));
  expect(message).toMatch(/“postgres” of DATABASE_URL is a superuser/);
  await runOn(superuser, commandsIn(message));
  await migrate(urls);
  const plain = postgres(urls.migration, { max: 1, onnotice: () => undefined });
  const others = await plain`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
    where nspname in ('public', 'drizzle', 'graphile_worker') and relowner <> (select oid from pg_roles where rolname = 'alphaloom')`;
  await plain.end();
  expect([...others]).toEqual([]);
  // In each place.
  expect(await messageOf(migrate({ ...urls, migration: superuser }))).toMatch(/MIGRATION_DATABASE_URL is a superuser/);
  expect(await messageOf(migrate({ ...urls, app: superuser }))).toMatch(/“postgres” of DATABASE_URL is a superuser/);
  expect(await messageOf(migrate({ ...urls, system: superuser }))).toMatch(/SYSTEM_DATABASE_URL is a superuser/);
});

it('refuses a schema in which everybody may make tables, and says how to close it', async () => {
  await runOn(withDatabase(server.superuserUrl, 'alphaloom'), 'grant create on schema public to public');
  const message = await messageOf(migrate(server.urls));
  expect(message).toMatch(/“alphaloom_app” of DATABASE_URL may make tables/);
  await runOn(withDatabase(server.superuserUrl, 'alphaloom'), message.slice(message.indexOf('    revoke')));
  await migrate(server.urls);
});

it.each([
  ['bypassrls', 'nobypassrls', /has BYPASSRLS/],
  ['createrole', 'nocreaterole', /may make roles/],
])('refuses a role of the app that has %s', async (more, less, why) => {
  await runOn(server.superuserUrl, `alter role alphaloom_app ${more}`);
  expect(await messageOf(migrate(server.urls))).toMatch(why);
  await runOn(server.superuserUrl, `alter role alphaloom_app ${less}`);
  await migrate(server.urls);
});

it.each(['alphaloom', 'alphaloom_system', 'pg_read_server_files', 'pg_database_owner'])(
  'refuses a role of the app that belongs to %s',
  async (role) => {
    if (role === 'pg_database_owner')
      await runOn(server.superuserUrl, 'alter database alphaloom owner to alphaloom_app');
    else await runOn(server.superuserUrl, `grant ${role} to alphaloom_app`);
    expect(await messageOf(migrate(server.urls))).toMatch(
      role === 'pg_database_owner' ? /owns the database/ : new RegExp(`belongs to the role “${role}”`),
    );
    await runOn(
      server.superuserUrl,
      role === 'pg_database_owner'
        ? 'alter database alphaloom owner to alphaloom'
        : `revoke ${role} from alphaloom_app`,
    );
    await migrate(server.urls);
  },
);
