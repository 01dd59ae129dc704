import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { rangeOf } from '#core/engine/sweep/space.ts';
import { idOf, type FormulaId, type MarketId, type OrgId } from '#core/requests/ids.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { countUsed } from '#server/db/queries/quotas.ts';
import { runSweep } from '#server/queue/definitions.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { addSampleMarket } from '#server/use-cases/market/sample-market.ts';
import { KilledWorker } from './testing/killed-worker.ts';

const api = testApi();
let orgId: OrgId;
let call: Caller;
let formulaId: FormulaId;
let marketId: MarketId;
let worker: KilledWorker;

beforeAll(async () => {
  worker = new KilledWorker(api.database.urls);
  orgId = await createOrganisation(api.db);
  call = callAs(api.runtime, await createMember(api.db, orgId, 'owner'));
  await asSystem(api.db, (tx) => addSampleMarket(tx, orgId));
  marketId = idOf('market', (await call.market.list())[0]?.id ?? '');
  formulaId = (
    await call.formula.create({
      name: 'F',
      code: 'input a = 3\ninput b = 9\nbuy(when: sma(close, a) > sma(close, b))\nsell(when: sma(close, a) < sma(close, b))',
    })
  ).id;
});
afterEach(() => worker.kill());

const sweep = async (change: object = {}): Promise<string> =>
  (
    await call.sweep.start({
      formulaId,
      marketId,
      settings: DEFAULT_SETTINGS,
      axes: [
        { name: 'a', values: rangeOf(2, 60, 1) },
        { name: 'b', values: rangeOf(61, 160, 1) },
      ],
      search: { kind: 'grid' },
      rankedBy: 'sharpe',
      ...change,
    })
  ).sweepId;
const row = (id: string) => call.sweep.get({ id });
const underWay = (id: string) =>
  vi.waitFor(
    async () =>
      expect(await row(id)).toMatchObject({
        status: 'running',
        progress: expect.toSatisfy((progress: number) => progress > 0),
      }),
    { timeout: 30_000, interval: 20 },
  );
const count = async (query: ReturnType<typeof sql>): Promise<number> =>
  Number((await asSystem(api.db, (tx) => tx.execute<{ count: string }>(query)))[0]?.['count']);
const endsTold = (id: string) =>
  count(sql`select count(*) from events where kind = 'sweep.finished' and payload->>'sweepId' = ${id}`);
const unfinished = () => withOrg(api.db, orgId, (tx) => countUsed(tx, orgId, 'unfinishedRuns'));

/** Two minutes: `npm run test:soak` does it. */
describe.runIf(process.env['TEST_SCALE'])('a worker that is killed in the middle of', () => {
  it.each([
    ['a sweep', {}, 'sweep_results'],
    ['a walk-forward', { windows: { inSample: 1000, outOfSample: 400, anchored: false } }, 'forward_results'],
  ])(
    '%s: the next takes it up, its figures are there once, and its place is free',
    async (_name, change, results) => {
      const id = await sweep(change);
      await worker.start();
      await underWay(id);
      expect(await unfinished()).toBe(1);
      await worker.kill();
      expect(await row(id)).toMatchObject({ status: 'running' });
      await worker.start();
      await vi.waitFor(async () => expect((await row(id)).status).toBe('succeeded'), {
        timeout: 60_000,
        interval: 100,
      });
      expect(await count(sql`select count(*) from ${sql.identifier(results)} where sweep_id = ${id}`)).toBe(1);
      expect(await endsTold(id)).toBe(1);
      expect(await unfinished()).toBe(0);
      expect(await count(sql`select count(*) from graphile_worker.jobs where key = ${`run ${id}`}`)).toBe(0);
    },
    120_000,
  );

  it('a run at every attempt: it ends with a word, once, and its place is free', async () => {
    const id = await sweep();
    for (let attempt = 1; attempt <= runSweep.attempts; attempt += 1) {
      await worker.start();
      await underWay(id);
      await worker.kill();
      // The next attempt is seen to be another one.
      await asSystem(api.db, (tx) => tx.execute(sql`update sweeps set progress = 0 where id = ${id}`));
    }
    await worker.start();
    await vi.waitFor(
      async () =>
        expect(await row(id)).toMatchObject({
          status: 'failed',
          failure: expect.stringContaining(`was tried ${runSweep.attempts} times`),
        }),
      { timeout: 30_000, interval: 100 },
    );
    expect(await endsTold(id)).toBe(1);
    expect(await unfinished()).toBe(0);
  }, 120_000);
});
