import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { asSystem } from '#server/db/database.ts';
import { createLog } from '#server/observability/log.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { startHeartbeat } from './heartbeat.ts';
import { JOBS } from './registry.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const add = (name: string, payload: unknown) =>
  asSystem(database.db, (tx) =>
    tx.execute(
      sql`select graphile_worker.add_job(identifier => ${name}, payload => ${JSON.stringify(payload)}::json, max_attempts => 1)`,
    ),
  );
const names = async () =>
  (
    await asSystem(database.db, (tx) =>
      tx.execute<{ name: string }>(sql`select task_identifier as name from graphile_worker.jobs`),
    )
  ).map(({ name }) => name);

it('sets aside once each job that can not be read, however many unknown ones stand before them', async () => {
  for (let i = 0; i < 120; i++) await add('of_a_newer_release', {});
  for (const {
    definition: { name },
  } of JOBS)
    await add(name, { something: 'else' });
  await asSystem(database.db, (tx) =>
    tx.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts`),
  );
  const lines: string[] = [];
  const heartbeat = await startHeartbeat({
    db: database.db,
    log: createLog('info', { write: (line) => void lines.push(line) }),
    jobs: JOBS,
    poolIds: () => ['test'],
    timing: { every: 20, deadAfter: 15_000 },
  });
  await vi.waitFor(async () => expect(new Set(await names())).toEqual(new Set(['of_a_newer_release'])));
  await heartbeat.close();
  expect(lines.filter((line) => line.includes('could not give up'))).toEqual([]);
  const unreadable = JOBS.filter(({ definition }) => !definition.payload.safeParse({ something: 'else' }).success);
  expect(lines.filter((line) => line.includes('is set aside'))).toHaveLength(unreadable.length);
});
