// The dearest searches of an organisation with all that a plan allows, beside a neighbour. Thirty seconds: `npm run
// test:soak` does it.
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { asSystem, openDatabase, type OpenDatabase } from '#server/db/database.ts';
import { callAs, createTestRuntime } from '#server/testing/api.ts';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
let own: OpenDatabase;
let runtime: Awaited<ReturnType<typeof createTestRuntime>>;
beforeAll(async () => {
  // As many connections as the product has.
  own = openDatabase(api.database.urls);
  runtime = await createTestRuntime({ ...api.database, ...own });
});
afterAll(async () => {
  await runtime.close();
  await own.close();
});

it.runIf(SCALE > 1)('searches of one organisation leave another its turn', { timeout: 300_000 }, async () => {
  const orgId = await createOrganisation(api.db);
  const viewers = [await createMember(api.db, orgId, 'viewer'), await createMember(api.db, orgId, 'viewer')];
  const neighbour = await createMember(api.db, await createOrganisation(api.db), 'owner');
  const { formulaId, versionId, marketId, backtestId, userId } = await fillOrganisation(api.db, orgId);
  await asSystem(api.db, async (tx) => {
    await tx.execute(sql`insert into versions (org_id, formula_id, number, message, author_id, code, json, content_hash, error_count, document_state)
      select ${orgId}, ${formulaId}, n + 1, repeat('abcdefghij ', 45), ${userId}, '', '{}', 'h' || n, 0, ''::bytea from generate_series(1, 19990) n`);
    await tx.execute(sql`insert into backtests (org_id, formula_id, version_id, market_id, settings, status)
      select ${orgId}, ${formulaId}, ${versionId}, ${marketId}, settings, 'queued' from backtests, generate_series(1, 49990) where id = ${backtestId}`);
  });
  const medianWait = async (): Promise<number> => {
    const waits: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      const began = performance.now();
      await callAs(runtime, neighbour).formula.list();
      waits.push(performance.now() - began);
      await delay(50);
    }
    return waits.toSorted((a, b) => a - b)[4] ?? 0;
  };
  const alone = await medianWait();
  const query = `${'a b c d e f g h i j '.repeat(5).slice(0, 97)}zq`;
  let isOver = false;
  const flood = viewers.flatMap((viewer) =>
    Array.from({ length: 6 }, async () => {
      while (!isOver)
        await callAs(runtime, viewer)
          .search.find({ query })
          .catch(() => null);
    }),
  );
  await delay(500);
  const beside = await medianWait();
  isOver = true;
  await Promise.all(flood);
  expect(beside).toBeLessThan(alone + 200);
});
