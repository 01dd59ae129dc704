import { pino } from 'pino';
import { beforeAll, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { rangeOf } from '#core/engine/sweep/space.ts';
import type { SweepId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { sweeps } from '#server/db/schema/index.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { workerMeans } from '#server/testing/means.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { addSampleMarket } from '#server/use-cases/market/sample-market.ts';
import { startWorker, type JobWorker } from './start-worker.ts';

const api = testApi();

interface Tenant {
  readonly call: Caller;
  start(values?: number): Promise<SweepId>;
}

async function tenant(): Promise<Tenant> {
  const orgId = await createOrganisation(api.db);
  const call = callAs(api.runtime, await createMember(api.db, orgId, 'owner'));
  await asSystem(api.db, (tx) => addSampleMarket(tx, orgId));
  const marketId = (await call.market.list())[0]?.id ?? '';
  const { id: formulaId } = await call.formula.create({
    name: 'F',
    code: 'input a = 3\nbuy(when: close > sma(close, a))\nsell(when: close < sma(close, a))',
  });
  return {
    call,
    start: async (values = 600) =>
      (
        await call.sweep.start({
          formulaId,
          marketId,
          settings: DEFAULT_SETTINGS,
          axes: [{ name: 'a', values: rangeOf(2, values + 1, 1) }],
          search: { kind: 'grid' },
          rankedBy: 'sharpe',
        })
      ).sweepId,
  };
}

const withWorker = async (memory: number, work: () => Promise<void>): Promise<void> => {
  const worker: JobWorker = await startWorker({
    ...workerMeans(),
    db: api.db,
    sql: api.database.sql,
    url: api.database.urls.system,
    log: pino({ level: 'silent' }),
    threads: 1,
    memory,
  });
  try {
    await work();
  } finally {
    await worker.close();
  }
};

let a: Tenant;
let b: Tenant;
beforeAll(async () => {
  [a, b] = [await tenant(), await tenant()];
});

/** Of all at one moment: asked one after the other, a run and the one behind it may both seem to run. */
const statesOf = async (ids: readonly SweepId[]): Promise<readonly (string | undefined)[]> => {
  const rows = await asSystem(api.db, (tx) => tx.select({ id: sweeps.id, status: sweeps.status }).from(sweeps));
  const states = new Map(rows.map((row) => [row.id, row.status]));
  return ids.map((id) => states.get(id));
};
const SLOW = { timeout: 20_000, interval: 20 };

it('says of queued runs what they wait for, and runs that do not fit beside each other one after the other', async () => {
  const [first, second] = [await a.start(), await a.start()];
  expect(await a.call.run.turn({ kind: 'sweep', id: first })).toEqual({ waitsFor: 'thread' });
  expect(await a.call.run.turn({ kind: 'sweep', id: second })).toEqual({ waitsFor: 'organisation', before: 1 });
  const others = await b.start();
  // What others have queued is no place in the organisation's own line.
  expect(await b.call.run.turn({ kind: 'sweep', id: others })).toEqual({ waitsFor: 'thread' });
  await expect(b.call.run.turn({ kind: 'sweep', id: first })).rejects.toThrow('no such sweep');
  let atOnce = 0;
  // Each is estimated at some 0.8 MB.
  await withWorker(1.2e6, async () => {
    await vi.waitFor(async () => {
      const states = await statesOf([first, second, others]);
      atOnce = Math.max(atOnce, states.filter((state) => state === 'running').length);
      expect(states).toEqual(['succeeded', 'succeeded', 'succeeded']);
    }, SLOW);
  });
  expect(atOnce).toBeLessThanOrEqual(1);
  expect(await a.call.run.turn({ kind: 'sweep', id: first })).toBeNull();
}, 60_000);

it('ends in words what never fits on this server', async () => {
  const id = await a.start();
  await withWorker(5e5, async () => {
    await vi.waitFor(
      async () =>
        expect(await a.call.sweep.get({ id })).toMatchObject({
          status: 'failed',
          failure: expect.stringMatching(
            /would need about .* all runs of this server together have .*: take fewer bars/,
          ),
        }),
      SLOW,
    );
  });
}, 60_000);
