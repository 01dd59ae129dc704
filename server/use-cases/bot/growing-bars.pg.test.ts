import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { backtest } from '#core/engine/backtest.ts';
import { randomOf } from '#core/engine/chance/random.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { fromJson } from '#core/formula/json/json.ts';
import type { Bars } from '#core/market/bars.ts';
import type { BotId, MarketId } from '#core/requests/ids.ts';
import { BarCache, sliceBars } from '#server/compute/bar-cache.ts';
import { BotRunners } from '#server/compute/bot/bot-runners.ts';
import { readCheckpoint } from '#server/compute/bot/checkpoint.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { runAdvance } from '#server/compute/run-task.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { findCheckpoint, lockBot } from '#server/db/queries/bots.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { giveBars, storeMarket, walk } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { tickBot, type TickTools } from './tick-bot.ts';

const api = testApi();
let owner: Person;
let call: Caller;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
});

const store = (bars: Bars) => storeMarket(api.db, owner.orgId, bars);
const take = (marketId: MarketId, bars: Bars) => giveBars(api.db, owner, { marketId, bars });

const CODE = `fast = ema(close, 5)
spy = feed("SPY", "1h")
buy(when: close > fast and spy.close > sma(spy.close, 3), stop: 3%)
sell(when: close < fast)
info(when: rising(spy.close), note: "up", every: true)`;

async function startBot(marketId: MarketId, code = CODE): Promise<{ botId: BotId; json: string }> {
  const { id: formulaId } = await call.formula.create({ name: 'Grows', code });
  const { id: versionId } = await call.version.create({ formulaId, message: '' });
  const { id: botId } = await call.bot.create({
    name: 'Bot',
    versionId,
    marketId,
    mode: 'paper',
    settings: DEFAULT_SETTINGS,
  });
  await call.bot.start({ id: botId });
  return { botId, json: (await call.version.get({ id: versionId })).json };
}

/** A server whose threads may have runners already, and which tells how many bars each tick had to run. */
function server(runners = new BotRunners(), cache = new BarCache(), cold: number[] = []): TickTools {
  return {
    load: (tx, market) => cache.load(tx, market),
    formulas: askHere,
    advance: async (task) => {
      const { origin, position } = task;
      if (origin) cold.push(position.next - (origin.checkpoint?.next ?? 0));
      return runAdvance(runners, task);
    },
  };
}

const botOf = async (botId: BotId) => {
  const bot = await withOrg(api.db, owner.orgId, (tx) => lockBot(tx, owner.orgId, botId));
  if (!bot) throw new Error('it is there');
  return bot;
};

/** Takes bars until it waits. */
async function runToEnd(botId: BotId, tools: () => TickTools): Promise<void> {
  for (;;) {
    const { step } = await botOf(botId);
    if ((await tickBot(api.db, { orgId: owner.orgId, botId, step }, tools())) === null) return;
  }
}

const jobs = async (botId: BotId): Promise<number> =>
  (
    await asSystem(api.db, (tx) =>
      tx.execute(sql`select 1 from graphile_worker._private_jobs where payload->>'botId' = ${botId}`),
    )
  ).length;

const signalsOf = async (botId: BotId): Promise<string[]> =>
  (await call.signal.list({ botId, limit: 500 }))
    .map(({ barTime, kind, price }) => `${barTime} ${kind} ${price}`)
    .sort();

function signalsOfBacktest(json: string, own: Bars, spy: Bars, from: number): string[] {
  const formula = fromJson(JSON.parse(json));
  const plan = formula.ok ? compile(formula.value) : formula;
  if (!plan.ok) throw new Error('the formula is right');
  const run = backtest(plan.value, own, DEFAULT_SETTINGS, { feeds: new Map([['SPY', spy]]) });
  if (!run.ok) throw new Error('it runs');
  return run.value.signals
    .filter(({ time }) => time >= from)
    .map(({ time, kind, price }) => `${time} ${kind} ${price}`)
    .sort();
}

describe('a bot on a market that grows', () => {
  it('waits at the end, goes on from its checkpoint with what is appended, and says what the backtest of the whole says', async () => {
    const [own, spy] = [walk('OWN', '1h', 160, 1), walk('SPY', '1h', 160, 2)];
    const [marketId, spyId] = [await store(sliceBars(own, 0, 60)), await store(sliceBars(spy, 0, 60))];
    const { botId, json } = await startBot(marketId);
    const first = own.time[(await botOf(botId)).nextBar ?? 0] ?? 0;
    const random = randomOf(3);
    const cold: number[] = [];
    const kept = { runners: new BotRunners(), cache: new BarCache() };
    // A server that stays, and servers that start anew.
    const tools = () =>
      random.below(3) === 0 ? server(undefined, undefined, cold) : server(kept.runners, kept.cache, cold);
    await runToEnd(botId, tools);
    expect(await call.bot.get({ id: botId })).toMatchObject({ status: 'running', isWaiting: true });
    for (let end = 60; end < 160;) {
      const next = Math.min(160, end + 1 + random.below(25));
      await take(spyId, sliceBars(spy, end, next));
      const before = await jobs(botId);
      await take(marketId, sliceBars(own, end, next));
      // Who waits gets a job.
      expect(await jobs(botId)).toBe(before + 1);
      expect(await call.bot.get({ id: botId })).toMatchObject({ isWaiting: false });
      cold.length = 0;
      await runToEnd(botId, tools);
      // A runner that is made anew goes on from the stored state: none runs all bars again.
      expect(Math.max(0, ...cold)).toBeLessThanOrEqual(5);
      end = next;
    }
    expect(await signalsOf(botId)).toEqual(signalsOfBacktest(json, own, spy, first));
    expect(await call.bot.get({ id: botId })).toMatchObject({ notice: null });
  }, 60_000);

  it('that has seen bars which are corrected runs all of them again, and says so', async () => {
    const [own, spy] = [walk('OWN', '1h', 120, 4), walk('SPY', '1h', 120, 5)];
    const [marketId, spyId] = [await store(own), await store(spy)];
    const { botId, json } = await startBot(marketId);
    const cold: number[] = [];
    const kept = { runners: new BotRunners(), cache: new BarCache() };
    const tools = () => server(kept.runners, kept.cache, cold);
    const tick = async () => {
      const { step, nextBar } = await botOf(botId);
      cold.length = 0;
      expect(await tickBot(api.db, { orgId: owner.orgId, botId, step }, tools())).toBe(1000);
      return nextBar ?? 0;
    };
    for (let bar = 0; bar < 60; bar += 1) await tick();
    const said = await signalsOf(botId);
    const corrected = { ...own, close: own.close.slice(), high: own.high.slice() };
    const at = (await botOf(botId)).nextBar ?? 0;
    for (let bar = at - 8; bar < at - 5; bar += 1) {
      corrected.close[bar] = (own.close[bar] ?? 0) * 1.4;
      corrected.high[bar] = (own.close[bar] ?? 0) * 1.5;
    }
    // Of bars that it has not seen nothing is said, and nothing is run again.
    const later = { ...own, close: own.close.slice() };
    later.close[at + 20] = ((own.low[at + 20] ?? 0) + (own.high[at + 20] ?? 0)) / 2;
    await take(marketId, sliceBars(later, at + 20, at + 21));
    await tick();
    expect(Math.max(0, ...cold)).toBeLessThanOrEqual(5);
    expect(await call.bot.get({ id: botId })).toMatchObject({ notice: null });
    await take(marketId, sliceBars(corrected, at - 8, at - 5));
    expect(await call.bot.get({ id: botId })).toMatchObject({
      notice: expect.stringMatching(
        /^3 bars of OWN 1h that it had seen were corrected on .* It runs all of its bars again/,
      ),
    });
    const next = await tick();
    expect(cold).toEqual([next]);
    corrected.close[at + 20] = later.close[at + 20] ?? 0;
    await runToEnd(botId, tools);
    const from = own.time[next] ?? 0;
    const after = (await signalsOf(botId)).filter((signal) => Number(signal.split(' ')[0]) >= from);
    expect(after).toEqual(signalsOfBacktest(json, corrected, spy, from));
    // What it said before stays.
    expect(await signalsOf(botId)).toEqual(expect.arrayContaining(said));
    // A bar of the market that it reads as a feed is one that it has seen, too.
    const other = { ...spy, close: spy.close.slice() };
    other.close[10] = ((spy.low[10] ?? 0) + (spy.high[10] ?? 0)) / 2;
    await take(spyId, sliceBars(other, 10, 11));
    expect(await call.bot.get({ id: botId })).toMatchObject({ notice: expect.stringContaining('1 bar of SPY 1h') });
  }, 60_000);

  it('takes bars of a feed that come late as if they had come in time, and runs its bars again for it', async () => {
    const [own, spy] = [walk('OWN', '1h', 90, 8), walk('SPY', '1h', 90, 9)];
    const marketId = await store(own);
    const spyId = await store(sliceBars(spy, 0, 30));
    const { botId, json } = await startBot(marketId);
    const cold: number[] = [];
    const kept = { runners: new BotRunners(), cache: new BarCache() };
    const tools = () => server(kept.runners, kept.cache, cold);
    for (let step = 0; step < 45; step += 1) await tickBot(api.db, { orgId: owner.orgId, botId, step }, tools());
    await take(spyId, sliceBars(spy, 30, 90));
    const { nextBar } = await botOf(botId);
    cold.length = 0;
    await runToEnd(botId, tools);
    expect(cold).toEqual([nextBar]);
    const from = own.time[nextBar ?? 0] ?? 0;
    const after = (await signalsOf(botId)).filter((signal) => Number(signal.split(' ')[0]) >= from);
    expect(after).toEqual(signalsOfBacktest(json, own, spy, from));
  }, 60_000);

  it('stays before its next bar when bars come to stand before it', async () => {
    const own = walk('OWN', '1h', 80, 6);
    const without = [20, 21, 50, 70];
    const kept = [...own.time.keys()].filter((bar) => !without.includes(bar));
    const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (bar) => column[bar] ?? 0);
    const some = {
      ...own,
      length: kept.length,
      time: pick(own.time),
      open: pick(own.open),
      high: pick(own.high),
      low: pick(own.low),
      close: pick(own.close),
      volume: pick(own.volume),
    };
    const marketId = await store(some);
    const { botId } = await startBot(marketId, 'buy(when: close > sma(close, 3))\ninfo(when: close > 0, every: true)');
    for (let step = 0; step < 40; step += 1) await tickBot(api.db, { orgId: owner.orgId, botId, step }, server());
    const before = await botOf(botId);
    const time = some.time[before.nextBar ?? 0];
    await take(marketId, own);
    const after = await botOf(botId);
    expect(own.time[after.nextBar ?? 0]).toBe(time);
    expect((after.nextBar ?? 0) - (before.nextBar ?? 0)).toBe(
      without.filter((bar) => (own.time[bar] ?? 0) < (time ?? 0)).length,
    );
    await runToEnd(botId, () => server());
    const times = (await signalsOf(botId))
      .filter((signal) => signal.includes('info'))
      .map((signal) => Number(signal.split(' ')[0]));
    expect(times.filter((one) => one >= (time ?? 0))).toEqual([...own.time].filter((one) => one >= (time ?? 0)));
  }, 60_000);

  it('a state that is older than corrections are goes on until there is one', async () => {
    const own = walk('OWN', '1h', 80, 7);
    const marketId = await store(sliceBars(own, 0, 70));
    const { botId } = await startBot(marketId, 'buy(when: close > sma(close, 3))');
    for (let step = 0; step < 10; step += 1) await tickBot(api.db, { orgId: owner.orgId, botId, step }, server());
    const forget = () =>
      asSystem(api.db, (tx) => tx.execute(sql`update bots set checkpoint = checkpoint - 'seen' where id = ${botId}`));
    const cold: number[] = [];
    const tick = async () => {
      cold.length = 0;
      const { step } = await botOf(botId);
      await tickBot(api.db, { orgId: owner.orgId, botId, step }, server(undefined, undefined, cold));
    };
    await forget();
    await take(marketId, sliceBars(own, 70, 80));
    await tick();
    expect(cold).toEqual([0]);
    await forget();
    const wrong = { ...own, close: own.close.map((value) => value * 1.0001) };
    await take(marketId, sliceBars(wrong, 75, 76));
    await tick();
    expect(cold).toEqual([(await botOf(botId)).nextBar === null ? 0 : ((await botOf(botId)).nextBar ?? 0) - 1]);
    const stored = await withOrg(api.db, owner.orgId, async (tx) =>
      readCheckpoint(await findCheckpoint(tx, owner.orgId, botId)),
    );
    expect(stored?.seen).not.toBeNull();
  }, 60_000);
});
