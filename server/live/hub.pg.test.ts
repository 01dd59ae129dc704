import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { idOf, type OrgId } from '#core/requests/ids.ts';
import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { listEventsAfter } from '#server/db/queries/events.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { appendEvents, publishTransient } from './append-events.ts';
import type { TransientEvent } from './event.ts';
import type { Follower, Told } from './follower.ts';
import { startLiveHub, type LiveHub } from './hub.ts';

const log = pino({ level: 'silent' });
const POLL = 50;
let database: TestDatabase;
let hub: LiveHub;
/** Of another process. */
let other: LiveHub;
let orgId: OrgId;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = await startLiveHub({ ...database, log, pollEvery: POLL });
  other = await startLiveHub({ ...database, log });
});
beforeEach(async () => {
  orgId = await createOrganisation(database.db);
});
afterAll(async () => {
  await Promise.all([hub.close(), other.close()]);
  await database.close();
});

const append = () =>
  withOrg(database.db, orgId, (tx) => appendEvents(tx, orgId, [{ kind: 'team.changed', payload: {} }]));
const progress = (fraction: number): TransientEvent => ({
  kind: 'backtest.progress',
  payload: {
    backtestId: idOf('backtest', 'run'),
    formulaId: idOf('formula', 'f'),
    status: 'running',
    progress: fraction,
  },
});
const never = new AbortController().signal;

/** Takes the next news. */
async function take(follower: Follower): Promise<readonly Told[]> {
  const news = await follower.next(never);
  news.forEach((told) => follower.took(told));
  return news;
}

/** A follower that has looked at its rights once. */
async function follow(since: number | null = null, from = hub, userId = idOf('user', 'ada')): Promise<Follower> {
  const follower = from.follow(orgId, userId, since);
  expect(await take(follower)).toEqual([]);
  return follower;
}

describe('live events', () => {
  it('come to those who wait', async () => {
    const follower = await follow();
    const news = take(follower);
    await append();
    expect(await news).toMatchObject([{ sequence: 1, event: { kind: 'team.changed' } }]);
    hub.unfollow(follower);
  });

  it('get sequences without gaps that commit in order, however many come at once', async () => {
    const sequences = await Promise.all(Array.from({ length: 20 }, append));
    const stored = await withOrg(database.db, orgId, (tx) => listEventsAfter(tx, orgId, 0, 100));
    expect(stored.map((event) => event.sequence)).toEqual(stored.map((_, index) => index + 1));
    expect(new Set(sequences).size).toBe(20);
  });

  it('are read, and rights looked at, after the listening connection was lost', async () => {
    const follower = await follow();
    const before = hub.accessChanges();
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%' and pid <> pg_backend_pid()`;
    await append();
    await vi.waitFor(() => expect(hub.accessChanges()).toBeGreaterThan(before), { timeout: 10_000 });
    while (follower.last < 1) await take(follower);
    hub.unfollow(follower);
  });

  it('are found by looking when nobody hears their announcement any more, and everybody’s rights are looked at again', async () => {
    const follower = await follow();
    const before = hub.accessChanges();
    const insert = (sequence: number) =>
      asSystem(database.db, async (tx) => {
        await tx.execute(
          `insert into event_streams values ('${orgId}', ${sequence}) on conflict (org_id) do update set last_sequence = excluded.last_sequence`,
        );
        await tx.execute(
          `insert into events (org_id, sequence, kind, payload) values ('${orgId}', ${sequence}, 'team.changed', '{}')`,
        );
      });
    let last = 0;
    while (hub.accessChanges() === before) {
      await insert((last += 1));
      while (follower.last < last) await take(follower);
    }
    expect(last).toBeGreaterThan(1);
    hub.unfollow(follower);
  });

  it('begin anew, and say that some are missing, in a database that is older than what was told', async () => {
    for (let count = 0; count < 3; count += 1) await append();
    const ahead = hub.follow(orgId, idOf('user', 'ada'), 9);
    expect(await take(ahead)).toEqual([{ type: 'missed', sequence: 3 }]);
    const follower = await follow(3);
    await asSystem(database.db, async (tx) => {
      await tx.execute(`delete from events where org_id = '${orgId}' and sequence > 1`);
      await tx.execute(`update event_streams set last_sequence = 1 where org_id = '${orgId}'`);
    });
    while (follower.last !== 1) await take(follower);
    await append();
    while (follower.last < 2) await take(follower);
    hub.unfollow(ahead);
    hub.unfollow(follower);
  });

  it('say that some are missing to whoever was away for longer than they are kept', async () => {
    for (let count = 0; count < 4; count += 1) await append();
    await asSystem(database.db, (tx) =>
      tx.execute(`delete from events where org_id = '${orgId}' and sequence in (2, 3)`),
    );
    const follower = hub.follow(orgId, idOf('user', 'ada'), 1);
    expect(
      (await take(follower)).map(({ type, ...told }) => [type, 'sequence' in told ? told.sequence : null]),
    ).toEqual([
      ['missed', 3],
      ['stored', 4],
    ]);
    hub.unfollow(follower);
  });

  it('wake whoever’s rights have changed, and nobody else', async () => {
    const [ada, ben] = [await follow(), await follow(null, hub, idOf('user', 'ben'))];
    await asSystem(database.db, (tx) => notifyAccessChanged(tx, idOf('user', 'ben')));
    expect(await take(ben)).toEqual([]);
    expect([ada.mustLook, ben.mustLook]).toEqual([false, false]);
    hub.unfollow(ada);
    hub.unfollow(ben);
  });
});

describe('progress', () => {
  it('reaches the tabs of every process, and is stored nowhere', async () => {
    const [here, there] = [await follow(null, hub), await follow(null, other)];
    await withOrg(database.db, orgId, (tx) => publishTransient(tx, orgId, [progress(0.5)]));
    for (const follower of [here, there]) expect(await take(follower)).toMatchObject([{ event: progress(0.5) }]);
    expect(await withOrg(database.db, orgId, (tx) => listEventsAfter(tx, orgId, 0, 10))).toEqual([]);
    hub.unfollow(here);
    other.unfollow(there);
  });

  it('comes behind the events before it, and only the last of it to whoever reads slowly', async () => {
    const follower = await follow();
    await append();
    for (const fraction of [0.1, 0.2, 0.3])
      await withOrg(database.db, orgId, (tx) => publishTransient(tx, orgId, [progress(fraction)]));
    await append();
    const heard: unknown[] = [];
    await vi.waitFor(
      async () => {
        const news = await follower.next(AbortSignal.timeout(20));
        if (news.length < 3) throw new Error('not all is here');
        heard.push(...news.map((told) => (told.type === 'stored' ? told.sequence : told.type)));
      },
      { timeout: 10_000 },
    );
    expect(heard).toEqual([1, 'transient', 2]);
    hub.unfollow(follower);
  });

  it('is not told when the transaction is taken back', async () => {
    const follower = await follow();
    const taken = withOrg(database.db, orgId, async (tx) => {
      await publishTransient(tx, orgId, [progress(0.5)]);
      throw new Error('later');
    });
    await expect(taken).rejects.toThrow('later');
    await append();
    expect(await take(follower)).toMatchObject([{ sequence: 1 }]);
    hub.unfollow(follower);
  });
});
