import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { candidatesOf, rangeOf } from '#core/engine/sweep/space.ts';
import { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { idOf, type FormulaId, type MarketId } from '#core/requests/ids.ts';
import { authenticate } from '#server/auth/authenticate.ts';
import { columnOf } from '#server/db/numbers.ts';
import { callAs, createTestRuntime, openBrowser, type Caller } from '#server/testing/api.ts';
import { workerMeans } from '#server/testing/means.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { seedDemo } from '#server/use-cases/demo/seed-demo.ts';
import { startWorker, type JobWorker } from './start-worker.ts';

let database: TestDatabase;
let runtime: Awaited<ReturnType<typeof createTestRuntime>>;
let worker: JobWorker;
let call: Caller;
let marketId: MarketId;
let formulaId: FormulaId;

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await createTestRuntime(database);
  const demo = await seedDemo(database.db, { onlyHere: true, withRuns: false });
  const browser = openBrowser(runtime);
  await browser.call().session.signIn({ email: demo?.people[0]?.email ?? '', password: demo?.password ?? '' });
  const actor = await authenticate(database.db, browser.cookie(), false);
  if (!actor) throw new Error('the demo signs in');
  call = callAs(runtime, actor);
  marketId = idOf('market', (await call.market.list())[0]?.id ?? '');
  formulaId = idOf('formula', (await call.formula.list()).find(({ name }) => name === 'Golden cross')?.id ?? '');
  worker = await startWorker({
    ...workerMeans(),
    db: database.db,
    sql: database.sql,
    url: database.urls.system,
    log: pino({ level: 'silent' }),
    threads: 2,
  });
});
afterAll(async () => {
  await worker.close();
  await runtime.close();
  await database.close();
});

const axes = [
  { name: 'fast', values: rangeOf(10, 60, 10) },
  { name: 'slow', values: rangeOf(100, 250, 50) },
];
const grid = { kind: 'grid' } as const;
const ended = async (id: string) =>
  vi.waitFor(
    async () => {
      const row = await call.sweep.get({ id });
      expect(['succeeded', 'failed', 'cancelled']).toContain(row.status);
      return row;
    },
    { timeout: 20_000, interval: 50 },
  );

const backtestEnded = async (id: string) =>
  vi.waitFor(
    async () => {
      const row = await call.backtest.get({ id });
      expect(row.status).toBe('succeeded');
      return row;
    },
    { timeout: 20_000, interval: 50 },
  );

describe('a sweep', () => {
  it('runs again on the bars as they are now: the same version, values and windows, also when the draft is another', async () => {
    const { sweepId, versionId } = await call.sweep.start({
      formulaId,
      marketId,
      settings: DEFAULT_SETTINGS,
      axes,
      search: grid,
      rankedBy: 'sharpe',
    });
    const before = await ended(sweepId);
    const again = await call.sweep.runAgain({ id: sweepId });
    expect(again.sweepId).not.toBe(sweepId);
    const after = await ended(again.sweepId);
    expect(after).toMatchObject({ versionId, marketId, axes, search: grid, windows: null, status: 'succeeded' });
    expect(after.best).toEqual(before.best);
    await expect(call.sweep.runAgain({ id: idOf('sweep', crypto.randomUUID()) })).rejects.toThrow(/no such sweep/);
  });

  it('runs every combination, and each is what a backtest with these inputs gives', async () => {
    const { sweepId } = await call.sweep.start({
      formulaId,
      marketId,
      settings: DEFAULT_SETTINGS,
      axes,
      search: grid,
      rankedBy: 'sharpe',
    });
    const row = await ended(sweepId);
    expect(row).toMatchObject({ status: 'succeeded', candidateCount: 24, progress: 1 });
    const { keys, figures, refused } = await call.sweep.result({ id: sweepId });
    const candidates = candidatesOf(axes, grid);
    if (!candidates.ok) throw new Error(candidates.error);
    const table = new SweepTable(candidates.value, keys, 1, columnOf(Buffer.from(figures, 'base64')));
    expect(refused).toEqual([]);
    const [best = -1] = table.rankedBy('sharpe');
    expect(row.best?.inputs).toEqual(table.candidates.at(best));

    const { backtestId } = await call.sweep.openCandidate({ id: sweepId, inputs: { ...table.candidates.at(best) } });
    const backtest = await backtestEnded(backtestId);
    expect(backtest.inputs).toEqual(table.candidates.at(best));
    const metrics = new Map(Object.entries(backtest.metrics ?? {}));
    for (const key of keys) expect(metrics.get(key) ?? Number.NaN, key).toBe(table.at(best, key));

    const again = await call.sweep.openCandidate({ id: sweepId, inputs: { ...table.candidates.at(best) } });
    // The same question is answered without a run.
    expect(await call.backtest.get({ id: again.backtestId })).toMatchObject({
      status: 'succeeded',
      metrics: backtest.metrics,
    });
    expect(await call.backtest.result({ id: again.backtestId })).toEqual(
      await call.backtest.result({ id: backtestId }),
    );
  });

  it('opens no settings that it does not sweep', async () => {
    const { sweepId } = await call.sweep.start({
      formulaId,
      marketId,
      settings: DEFAULT_SETTINGS,
      axes,
      search: { kind: 'random', samples: 3, seed: 1 },
      rankedBy: 'sharpe',
    });
    for (const inputs of [{ fast: 10 }, { fast: 11, slow: 100 }, { fast: 10, slow: 100, slower: 1 }])
      await expect(call.sweep.openCandidate({ id: sweepId, inputs })).rejects.toThrow('no such settings');
    await call.sweep.cancel({ id: sweepId }).catch(() => undefined);
  });

  it('says before it begins what can not be swept', async () => {
    const start = (change: object) =>
      call.sweep.start({
        formulaId,
        marketId,
        settings: DEFAULT_SETTINGS,
        axes,
        search: grid,
        rankedBy: 'sharpe',
        ...change,
      });
    await expect(start({ axes: [{ name: 'fats', values: [1] }] })).rejects.toThrow(/no input `fats`.*fast/);
    await expect(start({ axes: [{ name: 'fast', values: [1, 2, 3] }] })).rejects.toThrow(/at least 5/);
    await expect(start({ axes: [{ name: 'fast', values: [] }] })).rejects.toThrow(/a value to try/);
    await expect(
      start({
        axes: [
          { name: 'fast', values: rangeOf(1, 1000, 1) },
          { name: 'slow', values: rangeOf(1, 1000, 1) },
        ],
      }),
    ).rejects.toThrow(/1,000,000 settings, and a sweep tries 50,000/);
    await expect(start({ rankedBy: 'luck' })).rejects.toThrow(/no metric "luck"/);
  });

  it('is cancelled in the middle, and keeps nothing', async () => {
    const many = [
      { name: 'fast', values: rangeOf(5, 100, 1) },
      { name: 'slow', values: rangeOf(101, 400, 1) },
    ];
    const { sweepId } = await call.sweep.start({
      formulaId,
      marketId,
      settings: DEFAULT_SETTINGS,
      axes: many,
      search: grid,
      rankedBy: 'sharpe',
    });
    await call.sweep.cancel({ id: sweepId });
    expect(await ended(sweepId)).toMatchObject({ status: 'cancelled' });
    await expect(call.sweep.result({ id: sweepId })).rejects.toThrow(/it is cancelled/);
    await expect(call.sweep.cancel({ id: sweepId })).rejects.toThrow(/too late/);
  });

  it('with windows trades each window out of sample with what was best before it', async () => {
    const windows = { inSample: 1000, outOfSample: 500, anchored: false };
    const { sweepId } = await call.sweep.start({
      formulaId,
      marketId,
      settings: DEFAULT_SETTINGS,
      axes,
      search: grid,
      windows,
      rankedBy: 'sharpe',
    });
    expect(await ended(sweepId)).toMatchObject({ status: 'succeeded', windows });
    const forward = await call.sweep.forward({ id: sweepId });
    expect(forward.windows).toHaveLength(Math.ceil((5105 - 1000) / 500));
    expect(forward.time).toHaveLength(5105 - 1000);
    expect(forward.equity.at(-1)).toBeCloseTo(
      DEFAULT_SETTINGS.cash * (1 + (forward.metrics['totalReturn'] ?? Number.NaN)),
      6,
    );
    const chosen = forward.windows[0]?.inputs;
    expect(axes.every(({ name, values }) => values.includes(Number(chosen?.[name])))).toBe(true);
    const short = await call.sweep.start({
      formulaId,
      marketId,
      settings: DEFAULT_SETTINGS,
      axes,
      search: grid,
      windows: { ...windows, inSample: 10_000 },
      rankedBy: 'sharpe',
    });
    expect(await ended(short.sweepId)).toMatchObject({ status: 'failed', failure: expect.stringContaining('10000') });
  });
});
