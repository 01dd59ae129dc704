import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { BotId, MarketId, VersionId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { replayBot } from '#server/queue/definitions.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { KilledWorker, type Program } from './testing/killed-worker.ts';
import { addLongMarket } from './testing/long-market.ts';

const api = testApi();
/** Windows that look at each of their bars anew: seconds before the first bar that counts. */
const WINDOWS = Array.from({ length: 4 }, (_, index) => `cci(${2_000 + index})`).join(' + ');
const CODE = `w = sma(close, 20000)\ninfo(when: ${WINDOWS} + w > -1000000, every: true)\n`;
let call: Caller;
let marketId: MarketId;
let versionId: VersionId;
let worker: KilledWorker | null = null;

beforeAll(async () => {
  const owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
  marketId = await addLongMarket(api.db, owner.orgId, 30_000);
  const { id: formulaId } = await call.formula.create({ name: 'F', code: CODE });
  versionId = (await call.version.create({ formulaId, message: '' })).id;
});
afterEach(() => worker?.kill());

async function startBot(): Promise<BotId> {
  const bot = { name: 'Bot', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS } as const;
  const { id } = await call.bot.create(bot);
  await call.bot.start({ id });
  return id;
}

const replays = (botId: BotId) =>
  asSystem(api.db, (tx) =>
    tx.execute<{ taken: boolean; attempts: number }>(sql`
    select job.locked_at is not null as taken, job.attempts from graphile_worker._private_jobs job
    join graphile_worker._private_tasks task on task.id = job.task_id
    where task.identifier = 'replay-bot' and job.payload->>'botId' = ${botId}`),
  );
const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 150_000, interval: 20 });
const untilAttempt = (botId: BotId, attempts: number) =>
  until(async () => expect([...(await replays(botId))]).toEqual([{ taken: true, attempts }]));
/** Bars of the bot's signals, the first one first. */
const barsOf = async (botId: BotId): Promise<number[]> =>
  (await call.signal.list({ botId })).map(({ barTime }) => barTime).toReversed();
const steps = (times: readonly number[]): number[] => times.slice(1).map((time, at) => time - (times[at] ?? time));

/**
 * Half a minute, and some of the server, whose jobs are free when it was silent for a while: for `npm run test:soak`.
 */
describe.runIf(process.env['TEST_SCALE']).each<Program>(['worker', 'server'])(
  'a %s that is killed in the middle of the replay of a bot',
  (program) => {
    const kills = Math.min(3, replayBot.attempts - 1);

    it('leaves it to the next, also where nothing else is to be done: no signal is lost, none is there twice', async () => {
      const killed = new KilledWorker(api.database.urls, program);
      worker = killed;
      const botId = await startBot();
      for (let attempt = 1; attempt <= kills; attempt += 1) {
        await killed.start();
        await untilAttempt(botId, attempt);
        await killed.kill();
        expect(await barsOf(botId)).toEqual([]);
      }
      await killed.start();
      await until(async () => expect((await barsOf(botId)).length).toBeGreaterThanOrEqual(2));
      // Killed behind the replay, too: the state that it stored is where the next one goes on.
      await killed.kill();
      const seen = (await barsOf(botId)).length;
      await killed.start();
      await until(async () => expect((await barsOf(botId)).length).toBeGreaterThanOrEqual(seen + 2));
      expect([...(await replays(botId))]).toEqual([]);

      const undisturbed = await startBot();
      await until(async () => expect((await barsOf(undisturbed)).length).toBeGreaterThanOrEqual(2));
      const bars = await barsOf(botId);
      expect(bars[0]).toBe((await barsOf(undisturbed))[0]);
      expect(new Set(steps(bars))).toEqual(new Set([60_000]));
      expect(await call.bot.get({ id: botId })).toMatchObject({ status: 'running' });
      await call.bot.remove({ id: botId });
      await call.bot.remove({ id: undisturbed });
    }, 900_000);
  },
);
