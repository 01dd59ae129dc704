import { afterAll, beforeAll, expect, it } from 'vitest';
import { callAs, createTestRuntime } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';

let database: TestDatabase;
let runtime: Awaited<ReturnType<typeof createTestRuntime>>;
beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await createTestRuntime(database);
});
afterAll(async () => {
  await runtime.close();
  await database.close();
});

it('gives a member of any organisation, without a market of its own, the whole S&P 500', async () => {
  const viewer = await createMember(database.db, await createOrganisation(database.db), 'viewer');
  const prices = await callAs(runtime, viewer).reference.prices();
  expect(prices).toMatchObject({ symbol: 'SPX', timeframe: '1d', reducedBy: 1 });
  expect(prices.time).toHaveLength(5105);
  expect([prices.time[0], prices.close[0], prices.volume[0]]).toEqual([Date.UTC(2000, 0, 3), 1455.219971, 931800000]);
});
