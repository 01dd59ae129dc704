import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openBrowser } from '#server/testing/api.ts';
import { workerMeans } from '#server/testing/means.ts';
import { testApi } from '#server/testing/test-api.ts';
import { DEMO_RUNS } from '#server/use-cases/demo/demo-runs.ts';
import { seedDemo } from '#server/use-cases/demo/seed-demo.ts';
import { startWorker } from './start-worker.ts';

const api = testApi();
const WAIT = { timeout: 30_000, interval: 50 };

it('the demo has backtests with names, a sweep and a bot that gives signals, once the workers have done them', async () => {
  const demo = await seedDemo(api.db, { onlyHere: true });
  const browser = openBrowser(api.runtime);
  await browser.call().session.signIn({ email: demo?.people[0]?.email ?? '', password: demo?.password ?? '' });
  const runs = await browser.call().backtest.list({ limit: 100 });
  expect(runs.map(({ formulaName, title, status }) => [formulaName, title, status]).toSorted()).toEqual(
    DEMO_RUNS.map(({ formula, title }) => [formula, title, 'queued']).toSorted(),
  );
  expect(await browser.call().sweep.list({ limit: 100 })).toMatchObject([{ candidateCount: 190, status: 'queued' }]);
  const [bot] = await browser.call().bot.list();
  expect(bot).toMatchObject({ name: 'RSI pullback on SPX', status: 'running' });

  // The newest first, as the lists show them.
  expect(runs.map(({ title }) => title)).toEqual(DEMO_RUNS.map(({ title }) => title).toReversed());

  const worker = await startWorker({
    ...workerMeans(),
    db: api.db,
    sql: api.database.sql,
    url: api.database.urls.system,
    log: pino({ level: 'silent' }),
    threads: 2,
  });
  try {
    await expect
      .poll(async () => (await browser.call().backtest.list({ limit: 100 })).map(({ status }) => status), WAIT)
      .toEqual(DEMO_RUNS.map(() => 'succeeded'));
    await expect
      .poll(async () => (await browser.call().sweep.list({ limit: 100 })).map(({ status }) => status), WAIT)
      .toEqual(['succeeded']);
    await expect.poll(async () => (await browser.call().bot.list())[0]?.signalCount ?? 0, WAIT).toBeGreaterThan(0);
  } finally {
    await worker.close();
  }
}, 120_000);
