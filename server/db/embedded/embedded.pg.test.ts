import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { startOf } from './process-identity.ts';

const HOLDER = fileURLToPath(new URL('../../testing/hold-postgres.ts', import.meta.url));
const quiet = { info: () => undefined, error: () => undefined };

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-embedded-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir, log: quiet });
const postmasterPid = (): number =>
  Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);

async function query(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Another process that holds the data folder. */
async function hold(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [HOLDER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: line.toString().trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('embedded Postgres', () => {
  it('gives a role that owns its database and is no superuser', async () => {
    const server = await start();
    const [role] = await query(
      server.urls.migration,
      'select rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user',
    );
    expect(role).toEqual({ rolsuper: false, rolcreaterole: false, rolbypassrls: false });
    await query(server.urls.migration, 'create table kept (line text)');
    await query(server.urls.migration, `insert into kept values ('first')`);
    const pid = postmasterPid();
    await server.stop();
    expect(startOf(pid)).toBeNull();
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('lets in nobody without the password, and listens on loopback only', async () => {
    const server = await start();
    const intruder = new URL(server.urls.migration);
    intruder.password = 'guess';
    await expect(query(intruder.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await query(server.urls.migration, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await server.stop();
  });

  it('starts again after a kill -9 of the process that started it, whose Postgres lives on', async () => {
    const { child, url } = await hold();
    await query(url, `insert into kept values ('before the kill')`);
    const orphan = postmasterPid();
    await kill(child);
    expect(startOf(orphan)).not.toBeNull();
    const server = await start();
    expect(startOf(orphan)).toBeNull();
    expect(await query(server.urls.migration, 'select line from kept')).toEqual([
      { line: 'first' },
      { line: 'before the kill' },
    ]);
    await server.stop();
  });

  it('starts again after a kill -9 of both, recovering what was committed', async () => {
    const { child, url } = await hold();
    await query(url, `insert into kept values ('in the log only')`);
    const postmaster = postmasterPid();
    await kill(child);
    process.kill(postmaster, 'SIGKILL');
    const server = await start();
    expect(await query(server.urls.migration, 'select count(*)::int as lines from kept')).toEqual([{ lines: 3 }]);
    await server.stop();
  });

  it('comes back on the same port when Postgres alone is killed', async () => {
    const server = await start();
    const postmaster = postmasterPid();
    process.kill(postmaster, 'SIGKILL');
    await expect
      .poll(() => query(server.urls.migration, 'select count(*)::int as lines from kept').catch(() => null), {
        timeout: 30_000,
      })
      .toEqual([{ lines: 3 }]);
    expect(postmasterPid()).not.toBe(postmaster);
    await server.stop();
  });

  it('leaves no Postgres behind when it is stopped in the middle of starting one again', async () => {
    const startsAgain = Promise.withResolvers<void>();
    const server = await startEmbeddedPostgres({
      dataDir,
      log: { info: () => undefined, error: () => startsAgain.resolve() },
    });
    process.kill(postmasterPid(), 'SIGKILL');
    await startsAgain.promise;
    await server.stop();
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    await expect(query(server.urls.migration, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is not misled by a stale pid file that names a living process', async () => {
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres')}\n`);
    const server = await start();
    expect(await query(server.urls.migration, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('finishes what a kill in the middle of the first start left', async () => {
    const other = await mkdtemp(join(tmpdir(), 'alphaloom-embedded-'));
    mkdirSync(join(other, 'postgres.new-1'));
    writeFileSync(join(other, 'postgres.new-1', 'half'), '');
    const server = await startEmbeddedPostgres({ dataDir: other, log: quiet });
    await server.stop();
    expect(readdirSync(other).toSorted()).toEqual(['postgres', 'postgres.log']);
    rmSync(other, { recursive: true });
  });

  it('gives roles to a cluster that was made when there was one role for all, and keeps its passwords', async () => {
    const credentials = join(dataDir, 'postgres', 'alphaloom.json');
    const before = await start();
    await query(before.superuserUrl, 'drop role alphaloom_app');
    await query(before.superuserUrl, 'drop role alphaloom_system');
    await before.stop();
    const { superuser, application } = JSON.parse(readFileSync(credentials, 'utf8')) as Record<string, string>;
    writeFileSync(credentials, JSON.stringify({ superuser, application }));
    const server = await start();
    expect(server.urls.migration).toContain(`alphaloom:${application}@`);
    for (const url of [server.urls.app, server.urls.system]) {
      const [role] = await query(
        url,
        'select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user',
      );
      expect(role).toEqual({ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolbypassrls: false });
    }
    const { urls } = server;
    await server.stop();
    const again = await start();
    expect(new URL(again.urls.app).password).toBe(new URL(urls.app).password);
    await again.stop();
  });

  it('leaves a folder to the living process that has it', async () => {
    const { child, url } = await hold();
    await expect(start()).rejects.toThrow(/Another Alphaloom \(process \d+\)/);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await kill(child);
    await (await start()).stop();
  });
});
