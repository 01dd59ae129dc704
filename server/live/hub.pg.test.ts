import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withOrg } from '#server/db/database.ts';
import { listEventsAfter } from '#server/db/queries/events.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { appendEvents } from './append-events.ts';
import { startLiveHub, type LiveHub } from './hub.ts';

let database: TestDatabase;
let hub: LiveHub;
let orgId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = await startLiveHub(database.sql);
  orgId = await createOrganisation(database.db);
});
afterAll(async () => {
  await hub.close();
  await database.close();
});

const append = () =>
  withOrg(database.db, orgId, (tx) => appendEvents(tx, orgId, [{ kind: 'team.changed', payload: {} }]));

describe('live events', () => {
  it('wake those who wait', async () => {
    const woken = hub.wait(orgId, new AbortController().signal);
    await append();
    await woken;
  });

  it('stop waiting when told to', async () => {
    const stop = new AbortController();
    const waiting = hub.wait(orgId, stop.signal);
    stop.abort();
    await waiting;
  });

  it('get sequences without gaps that commit in order, however many come at once', async () => {
    const sequences = await Promise.all(Array.from({ length: 20 }, append));
    const stored = await withOrg(database.db, orgId, (tx) => listEventsAfter(tx, orgId, 0, 100));
    expect(stored.map((event) => event.sequence)).toEqual(stored.map((_, index) => index + 1));
    expect(new Set(sequences).size).toBe(20);
  });

  it('wake everybody after the listening connection was lost', async () => {
    const woken = hub.wait(orgId, new AbortController().signal);
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%' and pid <> pg_backend_pid()`;
    await woken;
  });
});
