import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { backtest } from '#core/engine/backtest.ts';
import { randomOf } from '#core/engine/chance/random.ts';
import type { Signal } from '#core/engine/outcome/backtest-result.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { fromJson } from '#core/formula/json/json.ts';
import type { Bars, Timeframe } from '#core/market/bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import type { BotId, MarketId } from '#core/requests/ids.ts';
import { BotRunners } from '#server/compute/bot/bot-runners.ts';
import { readCheckpoint } from '#server/compute/bot/checkpoint.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { runAdvance } from '#server/compute/run-task.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { loadBars } from '#server/db/queries/bar-chunks.ts';
import { findCheckpoint, lockBot, updateBot } from '#server/db/queries/bots.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { storeMarket } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { replayBot, tickBot, type TickTools } from './tick-bot.ts';

const api = testApi();
let owner: Person;
let call: Caller;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
});

/** Bars by the calendar with holes here and there, the same for the same seed. */
function barsOf(symbol: string, timeframe: Timeframe, length: number, seed: number): Bars {
  const random = randomOf(seed);
  const columns = {
    time: new Float64Array(length),
    open: new Float64Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    close: new Float64Array(length),
    volume: new Float64Array(length),
  };
  let [time, last] = [Date.UTC(2024, 0, 5), 100];
  for (let bar = 0; bar < length; bar += 1) {
    const close = last * (0.98 + 0.04 * random.next());
    columns.time[bar] = time;
    columns.open[bar] = last;
    columns.high[bar] = Math.max(last, close) * 1.002;
    columns.low[bar] = Math.min(last, close) * 0.998;
    columns.close[bar] = close;
    columns.volume[bar] = random.below(1000);
    last = close;
    time += timeframeLength(timeframe) * (random.below(12) === 0 ? 1 + random.below(9) : 1);
  }
  return { symbol, timeframe, length, ...columns };
}

const store = (bars: Bars) => storeMarket(api.db, owner.orgId, bars);

async function newBot(code: string, marketId: MarketId): Promise<{ botId: BotId; json: string }> {
  const { id: formulaId } = await call.formula.create({ name: 'Two markets', code });
  const { id: versionId } = await call.version.create({ formulaId, message: '' });
  const { id: botId } = await call.bot.create({
    name: 'Bot',
    versionId,
    marketId,
    mode: 'paper',
    settings: DEFAULT_SETTINGS,
  });
  return { botId, json: (await call.version.get({ id: versionId })).json };
}

const storedCheckpoint = (botId: BotId) =>
  withOrg(api.db, owner.orgId, async (tx) => readCheckpoint(await findCheckpoint(tx, owner.orgId, botId)));
const positionOf = (botId: BotId) => withOrg(api.db, owner.orgId, (tx) => lockBot(tx, owner.orgId, botId));

/** As a thread that keeps `runners` does. */
const toolsOf = (runners: BotRunners): TickTools => ({
  load: loadBars,
  formulas: askHere,
  advance: async (task) => runAdvance(runners, task),
});
/** A server that has just started. */
const freshTools = () => toolsOf(new BotRunners());
const tick = (botId: BotId, step: number, tools = freshTools()): Promise<number | null> =>
  tickBot(api.db, { orgId: owner.orgId, botId, step }, tools);
const jobsOf = async (botId: BotId): Promise<string[]> =>
  (
    await asSystem(api.db, (tx) =>
      tx.execute<{ name: string }>(sql`
  select task.identifier as name from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id where job.payload->>'botId' = ${botId}`),
    )
  ).map(({ name }) => name);

const CODE = `spy = feed("SPY", "1d")
week = feed("SPY", "1w")
day = feed(timeframe: "1d")
calm = spy.close > sma(spy.close, 3) and week.high > week.low * 1.01
buy(when: calm and close > day.close, stop: 4%)
sell(when: not calm or close < ema(close, 5))
short(when: crossunder(spy.close, ema(spy.close, 4)), size: 20%)
cover(when: position.bars > 6)
info(when: rising(spy.volume), note: "more of the other")`;

describe('a bot that reads another market', () => {
  it('signals what the backtest over the same bars does, though it begins anew at every bar and runs all of them again at some', async () => {
    const [own, spy] = [barsOf('OWN', '4h', 160, 1), barsOf('SPY', '1h', 900, 2)];
    const marketId = await store(own);
    await store(spy);
    const { botId, json } = await newBot(CODE, marketId);
    await call.bot.start({ id: botId });
    const began = (await positionOf(botId))?.nextBar ?? -1;
    expect(began).toBeGreaterThan(0);
    const random = randomOf(3);
    // Two servers take turns, and one of them starts anew now and then.
    const servers = [freshTools(), freshTools()];
    for (let step = 0; step < own.length - began; step += 1) {
      // Now and then the state is that of an engine that is no more.
      if (random.below(8) === 0) {
        await withOrg(api.db, owner.orgId, async (tx) => {
          const checkpoint = readCheckpoint(await findCheckpoint(tx, owner.orgId, botId));
          if (checkpoint)
            await updateBot(tx, owner.orgId, botId, {
              checkpoint: { ...checkpoint, runner: { ...checkpoint.runner, engine: 'another' } },
            });
        });
      }
      if (random.below(6) === 0) servers[0] = freshTools();
      expect(await tick(botId, step, servers[random.below(2)])).not.toBeNull();
      if (random.below(8) === 0) expect(await tick(botId, step)).toBeNull();
    }
    const formula = fromJson(JSON.parse(json));
    const plan = formula.ok ? compile(formula.value) : formula;
    const batch = plan.ok ? backtest(plan.value, own, DEFAULT_SETTINGS, { feeds: new Map([['SPY', spy]]) }) : plan;
    if (!batch.ok) throw new Error('the run did not end');
    const wanted = batch.value.signals.filter(({ bar }) => bar >= began);
    const stored = await call.signal.list({ botId, limit: 500 });
    const asStored = ({ time, kind, price, note }: Signal) => `${time} ${kind} ${price} ${note ?? ''}`;
    expect(wanted.length).toBeGreaterThan(50);
    expect(stored.map(({ barTime, kind, price, note }) => `${barTime} ${kind} ${price} ${note ?? ''}`).sort()).toEqual(
      wanted.map(asStored).sort(),
    );
    // The bars are all taken: it waits for more.
    expect(await tick(botId, own.length - began)).toBeNull();
    expect(await call.bot.get({ id: botId })).toMatchObject({ status: 'running', isWaiting: true });
  });

  it('signals what the backtest does, whatever market its feed is read from meanwhile', async () => {
    const [own, daily] = [barsOf('OWN', '4h', 160, 1), barsOf('SPY', '1d', 60, 2)];
    const [hourly, other] = [barsOf('SPY', '1h', 900, 5), barsOf('SPY', '1h', 900, 9)];
    const marketId = await store(own);
    await store(daily);
    const { botId, json } = await newBot(CODE, marketId);
    await call.bot.start({ id: botId });
    const began = (await positionOf(botId))?.nextBar ?? -1;
    const formula = fromJson(JSON.parse(json));
    const plan = formula.ok ? compile(formula.value) : formula;
    const wantedOf = (spy: Bars, from: number, to: number): string[] => {
      const run = plan.ok ? backtest(plan.value, own, DEFAULT_SETTINGS, { feeds: new Map([['SPY', spy]]) }) : plan;
      if (!run.ok) throw new Error('the run did not end');
      return run.value.signals
        .filter(({ bar }) => bar >= from && bar < to)
        .map(({ time, kind, price }) => `${time} ${kind} ${price}`);
    };
    const run = async (from: number, to: number): Promise<void> => {
      for (let bar = from; bar < to; bar += 1) expect(await tick(botId, bar - began)).not.toBeNull();
    };
    await run(began, 60);
    // Shorter bars of the same symbol are imported while it runs, in the middle of a day.
    const hourlyId = await store(hourly);
    await run(60, 100);
    // They are taken away, and others are imported.
    await call.market.remove({ id: hourlyId });
    await store(other);
    await run(100, 160);
    const wanted = [...wantedOf(daily, began, 60), ...wantedOf(hourly, 60, 100), ...wantedOf(other, 100, 160)];
    expect(wanted.length).toBeGreaterThan(20);
    expect(
      (await call.signal.list({ botId, limit: 500 }))
        .map(({ barTime, kind, price }) => `${barTime} ${kind} ${price}`)
        .sort(),
    ).toEqual(wanted.sort());
  });

  it('reads the market with the shortest bars, of which longer ones are made', async () => {
    const marketId = await store(barsOf('OWN', '4h', 60, 1));
    await store(barsOf('SPY', '1d', 30, 2));
    await expect(newBot('buy(when: close > feed("SPY", "1h").close)', marketId)).rejects.toThrow(
      'The formula reads 1h bars of SPY, and there are only 1d ones',
    );
    await store(barsOf('SPY', '15m', 300, 2));
    await expect(newBot('buy(when: close > feed("SPY", "1h").close)', marketId)).resolves.toMatchObject({});
  });

  it('says in words that the other market is not there: when it is made, when it is started and while it runs', async () => {
    const marketId = await store(barsOf('OWN', '4h', 60, 1));
    const missing = 'The formula reads the feed "SPY", and there are no bars of it.';
    await expect(newBot(CODE, marketId)).rejects.toThrow(missing);
    const spyId = await store(barsOf('SPY', '1h', 300, 2));
    const [late, running] = [await newBot(CODE, marketId), await newBot(CODE, marketId)];
    await call.bot.start({ id: running.botId });
    await call.market.remove({ id: spyId });
    await expect(call.bot.start({ id: late.botId })).rejects.toThrow(missing);
    expect(await tick(running.botId, 0)).toBeNull();
    expect(await call.bot.get({ id: running.botId })).toMatchObject({ status: 'halted', failure: missing });
  });
});

describe('a bot with long windows', () => {
  it('runs its warm-up as a run like any other, once however often it is asked for, and then signals what the backtest does', async () => {
    const own = barsOf('OWN', '1h', 12_500, 1);
    const { botId, json } = await newBot(
      'buy(when: close > sma(close, 12000))\nsell(when: close < sma(close, 12000))\ninfo(when: close > 0, every: true)',
      await store(own),
    );
    await call.bot.start({ id: botId });
    // No bar is run while the person waits.
    expect(await positionOf(botId)).toMatchObject({ nextBar: 12_000, step: 0 });
    expect(await storedCheckpoint(botId)).toBeNull();
    expect(await tick(botId, 0)).toBeNull();
    expect(await tick(botId, 0)).toBeNull();
    expect((await jobsOf(botId)).filter((name) => name === 'replay-bot')).toHaveLength(1);
    expect(await replayBot(api.db, { orgId: owner.orgId, botId, step: 0 }, freshTools())).not.toBeNull();
    // A repeat does nothing.
    expect(await replayBot(api.db, { orgId: owner.orgId, botId, step: 0 }, freshTools())).toBeNull();
    for (let step = 1; step < 20; step += 1) expect(await tick(botId, step)).not.toBeNull();
    const formula = fromJson(JSON.parse(json));
    const plan = formula.ok ? compile(formula.value) : formula;
    const batch = plan.ok ? backtest(plan.value, own, DEFAULT_SETTINGS) : plan;
    if (!batch.ok) throw new Error('the run did not end');
    const wanted = batch.value.signals.filter(({ bar }) => bar >= 12_000 && bar < 12_020);
    expect(wanted.length).toBeGreaterThanOrEqual(20);
    expect(
      (await call.signal.list({ botId, limit: 500 })).map(({ barTime, kind }) => `${barTime} ${kind}`).sort(),
    ).toEqual(wanted.map(({ time, kind }) => `${time} ${kind}`).sort());
  });

  it('is refused before anything as large as its windows is made, with how much it would keep', async () => {
    const marketId = await store(barsOf('OWN', '1h', 60, 1));
    const many = Array.from({ length: 100 }, (_, index) => `a${index} = wma(close, ${100_000 - index})`);
    const code = `${many.join('\n')}\nbuy(when: ${many.map((_, index) => `a${index}`).join(' + ')} > 0)`;
    await expect(newBot(code, marketId)).rejects.toThrow(
      /look back over 9,99\d,\d{3} bars together, and your plan lets a bot keep 200,000: use shorter windows/,
    );
  });
});
