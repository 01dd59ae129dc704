import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { workerMeans } from '#server/testing/means.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { startWorker, type JobWorker } from './start-worker.ts';
import { addLongMarket } from './testing/long-market.ts';

const api = testApi();
/** Threads of the worker: one, and one that is spare. Each dies at its first task. */
const DYING = 2;
const [DIES, SOUND] = ['../compute/testing/threads/dies-at-work.ts', '../compute/thread.ts'].map(
  (path) => new URL(path, import.meta.url),
) as [URL, URL];
/** Looks back so far that its first bar is a replay, through a function that is called twice. */
const CODE = `fn around(x, n) = sma(x, n) + 0
info(when: around(close, 20000) + around(open, 15000) > 0, every: true)
`;
let call: Caller;
let marketId: MarketId;
let worker: JobWorker;
let started = 0;
const said: string[] = [];

beforeAll(async () => {
  const owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
  marketId = await addLongMarket(api.db, owner.orgId, 30_000);
  worker = await startWorker({
    ...workerMeans(),
    db: api.db,
    sql: api.database.sql,
    url: api.database.urls.system,
    log: pino({ level: 'error' }, { write: (line: string) => void said.push(line) }),
    threads: 1,
    program: () => ((started += 1) <= DYING ? DIES : SOUND),
  });
}, 60_000);
afterAll(() => worker.close());

const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 90_000, interval: 100 });

it(
  'threads that die in the replay of a bot and in a run cost a try each: both are done by those that take their place',
  { timeout: 200_000 },
  async () => {
    const { id: formulaId } = await call.formula.create({ name: 'F', code: CODE });
    const { id: versionId } = await call.version.create({ formulaId, message: '' });
    const bot = { name: 'Bot', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS } as const;
    const { id: botId } = await call.bot.create(bot);
    await call.bot.start({ id: botId });
    const { backtestId } = await call.backtest.start({ formulaId, marketId, settings: DEFAULT_SETTINGS });
    const signals = async () => (await call.signal.list({ botId })).map(({ barTime }) => barTime).toReversed();
    await until(async () => expect((await signals()).length).toBeGreaterThanOrEqual(2));
    await until(async () => expect((await call.backtest.get({ id: backtestId })).status).toBe('succeeded'));
    expect(said.filter((line) => line.includes('a compute thread ended'))).toHaveLength(DYING);
    expect(started).toBe(2 * DYING);
    expect(await call.bot.get({ id: botId })).toMatchObject({ status: 'running' });
    const times = await signals();
    expect(new Set(times.slice(1).map((time, at) => time - (times[at] ?? 0)))).toEqual(new Set([60_000]));
    await call.bot.remove({ id: botId });
  },
);
