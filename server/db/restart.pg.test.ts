import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql as raw } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { openDatabase, type OpenDatabase } from './database.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/embedded-postgres.ts';

/** `npm run test:soak` restarts it many more times. */
const ROUNDS = Math.round(SCALE);
const CONNECTIONS = 10;
const CHANNELS = ['one', 'two', 'three', 'four', 'five'];

let dataDir: string;
let server: EmbeddedPostgres;
let database: OpenDatabase;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'alphaloom-restart-'));
  server = await startEmbeddedPostgres({
    dataDir,
    log: { info: () => undefined, error: () => undefined },
    settings: { fsync: 'off' },
  });
  database = openDatabase(server.urls, { max: CONNECTIONS });
});
afterAll(async () => {
  await database.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const read = () => database.db.app.execute(raw`select 1 as n`);
/** Keeps a connection busy, outside of a transaction or within. */
const slowRead = () => database.db.app.execute(raw`select pg_sleep(${30})`);
const slowTransaction = () =>
  database.db.app.transaction(async (tx) => {
    await tx.execute(raw`select ${1}::int`);
    // Two at once: the second one waits for the first.
    await Promise.all([tx.execute(raw`select pg_sleep(${30})`), tx.execute(raw`select ${2}::int`)]);
  });

async function restart(signal: NodeJS.Signals): Promise<void> {
  const pid = Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
  process.kill(pid, signal);
  await vi.waitFor(
    async () => {
      const other = Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
      expect(other).not.toBe(pid);
      const sql = postgres(server.urls.app, { max: 1, onnotice: () => undefined, fetch_types: false });
      try {
        await sql`select 1`;
      } finally {
        await sql.end({ timeout: 1 });
      }
    },
    { timeout: 60_000, interval: 20 },
  );
}

/** All of the pool's connections, in the middle of a query. */
async function keepBusy(work: () => PromiseLike<unknown>): Promise<{ readonly settled: Promise<unknown> }> {
  const settled = Promise.allSettled(Array.from({ length: CONNECTIONS }, work));
  await vi.waitFor(
    async () => {
      const sql = postgres(server.superuserUrl, { max: 1, fetch_types: false });
      try {
        const [row] = await sql<
          { sleeping: number }[]
        >`select count(*)::int as sleeping from pg_stat_activity where query like 'select pg_sleep%' and state = 'active' and pid <> pg_backend_pid()`;
        expect(row?.sleeping).toBe(CONNECTIONS);
      } finally {
        await sql.end({ timeout: 1 });
      }
    },
    { timeout: 20_000, interval: 10 },
  );
  return { settled };
}

describe('a Postgres that was started again', () => {
  it.each([
    ['told to stop', 'SIGINT', slowRead],
    ['told to stop at once', 'SIGQUIT', slowRead],
    ['told to stop under transactions', 'SIGINT', slowTransaction],
    ['told to stop at once under transactions', 'SIGQUIT', slowTransaction],
  ] as const)('costs no later read: %s', { timeout: 90_000 * ROUNDS }, async (_, signal, work) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { settled } = await keepBusy(work);
      await restart(signal);
      await settled;
      // One by one and many at once, so that each connection of the pool gives an answer.
      const failures: string[] = [];
      const note = (error: unknown) =>
        void failures.push(error instanceof Error ? String(error.cause ?? error) : String(error));
      for (let i = 0; i < 3 * CONNECTIONS; i++) await read().catch(note);
      await Promise.all(Array.from({ length: 6 * CONNECTIONS }, () => read().catch(note)));
      await Promise.all(
        Array.from({ length: 3 * CONNECTIONS }, () =>
          database.db.app.transaction((tx) => tx.execute(raw`select ${3}::int`)).catch(note),
        ),
      );
      expect(failures).toEqual([]);
    }
  });

  it('is listened to again, on every channel', { timeout: 90_000 * ROUNDS }, async () => {
    const heard = new Set<string>();
    const again = new Map<string, number>();
    const listening = await Promise.all(
      CHANNELS.map((channel) =>
        database.sql.listen(
          channel,
          (payload) => void heard.add(`${channel} ${payload}`),
          () => void again.set(channel, (again.get(channel) ?? 0) + 1),
        ),
      ),
    );
    for (let round = 0; round < ROUNDS; round++) {
      const before = new Map(again);
      await restart(round % 2 === 0 ? 'SIGQUIT' : 'SIGINT');
      await vi.waitFor(
        () => expect(CHANNELS.filter((channel) => (again.get(channel) ?? 0) <= (before.get(channel) ?? 0))).toEqual([]),
        { timeout: 30_000 },
      );
      for (const channel of CHANNELS) await database.sql.notify(channel, String(round));
      await vi.waitFor(() => expect(CHANNELS.filter((channel) => !heard.has(`${channel} ${round}`))).toEqual([]), {
        timeout: 5000,
      });
    }
    await Promise.all(listening.map(({ unlisten }) => unlisten()));
  });
});

describe('a transaction whose connection died', () => {
  it('never speaks to whoever has the connection after it', async () => {
    const other = openDatabase(server.urls, { max: 1 });
    try {
      let late: (() => PromiseLike<unknown>) | undefined;
      const died = other.db.app.transaction(async (tx) => {
        late = () => tx.execute(raw`select ${'late'}::text`);
        await tx.execute(raw`select pg_terminate_backend(pg_backend_pid())`);
      });
      await expect(died).rejects.toThrow();
      const next = other.db.app.transaction(async (tx) => {
        await tx.execute(raw`select set_config('alphaloom.org', ${'mine'}, true)`);
        await expect(late?.()).rejects.toThrow();
        return [...(await tx.execute(raw`select current_setting('alphaloom.org') as org`))];
      });
      expect(await next).toEqual([{ org: 'mine' }]);
    } finally {
      await other.close();
    }
  });
});
