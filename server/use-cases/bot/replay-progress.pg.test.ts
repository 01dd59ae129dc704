import { sql } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { BotId, MarketId } from '#core/requests/ids.ts';
import { BotRunners, type AdvanceTask } from '#server/compute/bot/bot-runners.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { runAdvance } from '#server/compute/run-task.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { loadBars } from '#server/db/queries/bar-chunks.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { giveBars, storeMarket, walk } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { replayBot, type TickTools } from './tick-bot.ts';

const api = testApi();
const NEXT = 2_000;
const BARS = walk('ABC', '1m', 3_000, 7);
let owner: Person;
let call: Caller;
let marketId: MarketId;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
  marketId = await storeMarket(api.db, owner.orgId, BARS);
});

/** A bot that has 2,000 bars to run before its next one. */
async function startBot(): Promise<BotId> {
  const { id: formulaId } = await call.formula.create({
    name: 'F',
    code: 'info(when: ema(close, 50) > 0, every: true)\nbuy(when: close > sma(close, 30))\nsell(when: close < sma(close, 20))',
  });
  const { id: versionId } = await call.version.create({ formulaId, message: '' });
  const { id } = await call.bot.create({ name: 'B', versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS });
  await call.bot.start({ id });
  await asSystem(api.db, (tx) => tx.execute(sql`update bots set next_bar = ${NEXT} where id = ${id}`));
  return id;
}

/** A server that stores at each pause. `before` is called with what a thread is given. */
const server = (before: (task: AdvanceTask) => Promise<unknown> = async () => undefined): TickTools => {
  const runners = new BotRunners();
  return {
    load: loadBars,
    formulas: askHere,
    pieces: { run: 0, store: 0 },
    advance: async (task) => {
      await before(task);
      return runAdvance(runners, task);
    },
  };
};
const tickOf = (botId: BotId, step = 0) => ({ orgId: owner.orgId, botId, step });
const signals = async (botId: BotId) =>
  (await call.signal.list({ botId, limit: 500 }))
    .map(({ barTime, kind, price }) => `${barTime} ${kind} ${price}`)
    .sort();
const placeOf = async (id: string) =>
  (
    await asSystem(api.db, (tx) =>
      tx.execute<{ next: number; step: number }>(sql`select next_bar as next, step from bots where id = ${id}`),
    )
  )[0];
const correct = (bar: number, close: number) => {
  const at = <Name extends 'time' | 'open' | 'high' | 'low' | 'volume'>(name: Name) => BARS[name].slice(bar, bar + 1);
  const price = Float64Array.of(close);
  return giveBars(api.db, owner, {
    marketId,
    bars: {
      ...BARS,
      length: 1,
      time: at('time'),
      open: price,
      high: price,
      low: price,
      close: price,
      volume: at('volume'),
    },
  });
};

it(
  'a replay whose server is killed goes on from where it has stored, with the same signals, each once',
  { timeout: 120_000 },
  async () => {
    const botId = await startBot();
    let pieces = 0;
    const dies = server(async () => {
      pieces += 1;
      if (pieces > 12) throw new Error('killed');
    });
    await expect(replayBot(api.db, tickOf(botId), dies)).rejects.toThrow('killed');
    expect(await signals(botId)).toEqual([]);
    const began: number[] = [];
    const next = server(async ({ origin }) => began.push(origin?.checkpoint?.next ?? 0));
    expect(await replayBot(api.db, tickOf(botId), next)).toBe(1000);
    expect(began[0]).toBeGreaterThanOrEqual(12 * 64);
    const undisturbed = await startBot();
    expect(await replayBot(api.db, tickOf(undisturbed), { ...server(), pieces: { run: 1e9, store: 1e9 } })).toBe(1000);
    expect(await signals(botId)).toEqual(await signals(undisturbed));
    expect((await signals(botId)).length).toBeGreaterThan(0);
  },
);

it('what is stored of bars that were corrected since is not gone on from', { timeout: 120_000 }, async () => {
  const botId = await startBot();
  let pieces = 0;
  const dies = server(async () => {
    pieces += 1;
    if (pieces > 12) throw new Error('killed');
  });
  await expect(replayBot(api.db, tickOf(botId), dies)).rejects.toThrow('killed');
  await correct(100, 50);
  const began: number[] = [];
  expect(
    await replayBot(
      api.db,
      tickOf(botId),
      server(async ({ origin }) => began.push(origin?.checkpoint?.next ?? 0)),
    ),
  ).toBe(1000);
  expect(began[0]).toBe(0);
});

it(
  'a bot whose bars are corrected whenever it computes gives its signals all the same, one bar after another',
  { timeout: 120_000 },
  async () => {
    const botId = await startBot();
    let price = 50;
    let isOdd = false;
    const corrected = () =>
      server(async ({ origin }) => {
        if (origin?.checkpoint) return;
        isOdd = !isOdd;
        // A bar goes, which all others move up for, or another one is corrected.
        if (isOdd) {
          const span = { id: marketId, from: BARS.time[(price += 1)] ?? 0, to: BARS.time[price] ?? 0 };
          const asked = await call.market.removeBars(span);
          if (asked.kind === 'asked') await call.market.removeBars({ ...span, seen: asked.removal.seen });
        } else await correct(900, (price += 1));
      });
    expect(await replayBot(api.db, tickOf(botId), corrected())).toBe('overtaken');
    expect(await signals(botId)).toEqual([]);
    for (let step = 0; step < 4; step += 1) {
      expect(await replayBot(api.db, tickOf(botId, step), corrected(), { isPatient: true })).toBe(1000);
      const place = await placeOf(botId);
      expect(place?.step).toBe(step + 1);
      // The bar behind the one that it has taken, wherever that stands by now.
      const market = await withOrg(api.db, owner.orgId, async (tx) =>
        tx.execute<{ removed: number }>(sql`select 3000 - bar_count as removed from markets where id = ${marketId}`),
      );
      expect((place?.next ?? 0) + (market[0]?.removed ?? 0)).toBe(NEXT + step + 1);
    }
    const times = (await signals(botId))
      .filter((each) => each.includes('info'))
      .map((each) => Number(each.split(' ')[0]));
    expect(times).toEqual([0, 1, 2, 3].map((bar) => BARS.time[NEXT + bar]));
  },
);
