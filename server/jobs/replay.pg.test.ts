import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { BotId, MarketId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { workerMeans } from '#server/testing/means.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { startWorker, type JobWorker } from './start-worker.ts';
import { addLongMarket } from './testing/long-market.ts';

const api = testApi();
const BARS = 60_000;
let call: Caller;
let marketId: MarketId;
let worker: JobWorker;

beforeAll(async () => {
  const owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
  marketId = await addLongMarket(api.db, owner.orgId, BARS);
  worker = await startWorker({
    ...workerMeans(),
    db: api.db,
    sql: api.database.sql,
    url: api.database.urls.system,
    log: pino({ level: 'silent' }),
    threads: 1,
  });
}, 60_000);
afterAll(() => worker.close());

/** A warm-up of minutes: windows that look at each of their bars anew. */
const SLOW = `${Array.from({ length: 40 }, (_, index) => `a${index} = cci(${3000 + index})`).join('\n')}
w = sma(close, 50000)
buy(when: ${Array.from({ length: 40 }, (_, index) => `a${index}`).join(' + ')} > w)`;

async function startBot(code: string): Promise<BotId> {
  const { id: formulaId } = await call.formula.create({ name: 'F', code });
  const { id: versionId } = await call.version.create({ formulaId, message: '' });
  const bot = { name: 'Bot', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS } as const;
  const { id } = await call.bot.create(bot);
  await call.bot.start({ id });
  return id;
}

const replays = (botId: BotId) =>
  asSystem(api.db, (tx) =>
    tx.execute<{ taken: boolean }>(sql`
    select job.locked_at is not null as taken from graphile_worker._private_jobs job
    join graphile_worker._private_tasks task on task.id = job.task_id
    where task.identifier = 'replay-bot' and job.payload->>'botId' = ${botId}`),
  );
const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 30_000, interval: 50 });
const untilReplays = (botId: BotId) =>
  until(async () => expect((await replays(botId)).map(({ taken }) => taken)).toContain(true));
const untilOver = (botId: BotId) => until(async () => expect([...(await replays(botId))]).toEqual([]));

describe('the replay of a bot', () => {
  it.each([
    ['paused', (id: string) => call.bot.pause({ id })],
    ['removed', (id: string) => call.bot.remove({ id })],
  ])(
    'ends when the bot is %s',
    async (_what, stop) => {
      const botId = await startBot(SLOW);
      await untilReplays(botId);
      await stop(botId);
      await untilOver(botId);
      expect(await call.signal.list({ botId })).toEqual([]);
    },
    90_000,
  );

  it('begins anew when the bot is started again at once, and leaves the threads free when all is removed', async () => {
    const botId = await startBot(SLOW);
    await untilReplays(botId);
    for (let round = 0; round < 3; round += 1) {
      await call.bot.pause({ id: botId });
      await call.bot.start({ id: botId });
    }
    await untilReplays(botId);
    expect(await call.bot.get({ id: botId })).toMatchObject({ status: 'running' });
    await call.bot.remove({ id: botId });
    await untilOver(botId);
    const quick = await startBot(
      'info(when: close > sma(close, 20000), every: true)\ninfo(when: close > 0, every: true)',
    );
    await until(async () => expect((await call.signal.list({ botId: quick })).length).toBeGreaterThan(0));
    await call.bot.remove({ id: quick });
  }, 120_000);
});
