import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import postgres from 'postgres';
import { expect, it } from 'vitest';
import { withDatabase } from '#server/testing/template.ts';
import { startEmbeddedPostgres } from './embedded/start.ts';
import { migrate } from './migrate.ts';

it('refuses a superuser, and what it says to run makes a database of a superuser right', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-migrate-'));
  const log = { info: () => undefined, error: () => undefined };
  const server = await startEmbeddedPostgres({ dataDir, log, settings: { fsync: 'off' } });
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    const name = `old_${randomBytes(4).toString('hex')}`;
    await sql.unsafe(`create database ${name}`);
    const old = postgres(withDatabase(server.superuserUrl, name), { max: 1, onnotice: () => undefined });
    // As an earlier version left it: everything made by the plain role, then given to the superuser.
    await sql.unsafe(`alter database ${name} owner to alphaloom`);
    await migrate(withDatabase(server.url, name));
    await old.unsafe('reassign owned by alphaloom to postgres');
    const failure = await migrate(withDatabase(server.superuserUrl, name)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    const message = failure instanceof Error ? failure.message : '';
    expect(message).toMatch(/“postgres” of DATABASE_URL is a superuser/);
    const commands = message.slice(message.indexOf('    create role'), message.indexOf('\nand start with')).replace(/ {4}create role[^;]*;/, '');
    await old.unsafe(commands);
    await old.end();
    await migrate(withDatabase(server.url, name));
    const plain = postgres(withDatabase(server.url, name), { max: 1, onnotice: () => undefined });
    const others = await plain`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname in ('public', 'drizzle', 'graphile_worker') and relowner <> (select oid from pg_roles where rolname = 'alphaloom')`;
    await plain.end();
    expect([...others]).toEqual([]);
  } finally {
    await sql.end();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
