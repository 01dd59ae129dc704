import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { BotId } from '#core/requests/ids.ts';
import { BotRunners } from '#server/compute/bot/bot-runners.ts';
import { askHere } from '#server/compute/formula-threads.ts';
import { runAdvance } from '#server/compute/run-task.ts';
import { asSystem, openDatabase } from '#server/db/database.ts';
import { loadBars } from '#server/db/queries/bar-chunks.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { addSampleMarket } from '../market/sample-market.ts';
import { giveUpTick, tickBot, type TickTools } from './tick-bot.ts';

const api = testApi();
let owner: Person;
let call: Caller;
let botId: BotId;

const EVERY_BAR = 'info(when: close > 0, every: true)\ninfo(when: close > 1, every: true)';

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
  await asSystem(api.db, (tx) => addSampleMarket(tx, owner.orgId));
  botId = await startBot(EVERY_BAR);
});
afterEach(() => vi.useRealTimers());

async function startBot(code: string): Promise<BotId> {
  const [market] = await call.market.list();
  const { id: formulaId } = await call.formula.create({ name: 'F', code });
  const { id: versionId } = await call.version.create({ formulaId, message: '' });
  const { id } = await call.bot.create({
    name: 'Bot',
    versionId,
    marketId: market?.id ?? '',
    mode: 'paper',
    settings: DEFAULT_SETTINGS,
  });
  await call.bot.start({ id });
  return id;
}

/** A server that calls `before` when it has computed a bar and not written it. */
function server(before: () => Promise<unknown> = async () => undefined, runners = new BotRunners()): TickTools {
  return {
    load: loadBars,
    formulas: askHere,
    advance: async (task) => {
      const outcome = runAdvance(runners, task);
      if (outcome.type !== 'cold') await before();
      return outcome;
    },
  };
}
const tickOf = (step: number) => ({ orgId: owner.orgId, botId, step });
const signals = () => call.signal.list({ botId, limit: 500 });
const one = async <Row extends object>(query: ReturnType<typeof sql>): Promise<Row | undefined> =>
  (await asSystem(api.db, (tx) => tx.execute(query)))[0] as Row | undefined;
const jobs = async (step: number): Promise<number> =>
  (
    await asSystem(api.db, (tx) =>
      tx.execute(
        sql`select from graphile_worker._private_jobs where payload->>'botId' = ${botId} and payload->>'step' = ${String(step)}`,
      ),
    )
  ).length;

describe('while a bot computes its bar', () => {
  it('no connection is held, and nobody waits for the bot', async () => {
    const single = openDatabase(api.database.urls, { max: 1 });
    const alone = callAs({ ...api.runtime, db: single.db }, owner);
    const wait = await tickBot(
      single.db,
      tickOf(0),
      server(() => alone.bot.list()),
    );
    expect(wait).toBe(1000);
    await single.close();
  });

  it.each([
    ['is paused', () => call.bot.pause({ id: botId }), 0],
    ['is removed', () => call.bot.remove({ id: botId }), 0],
    ['has had the bar from another server', () => tickBot(api.db, tickOf(0), server()), 2],
  ])('and %s, the bar is given up: no signal and no job too many', async (_what, meanwhile, said) => {
    expect(await tickBot(api.db, tickOf(0), server(meanwhile))).toBeNull();
    expect(await signals()).toHaveLength(said);
    expect(await jobs(1)).toBe(said === 0 ? 0 : 1);
  });

  it('and is paused and started again, each of both jobs may write the bar, and one does', async () => {
    const first = tickBot(
      api.db,
      tickOf(0),
      server(async () => {
        await call.bot.pause({ id: botId });
        await call.bot.start({ id: botId });
      }),
    );
    expect(await first).toBe(1000);
    expect(await tickBot(api.db, tickOf(0), server())).toBeNull();
    expect(await signals()).toHaveLength(2);
    expect(await jobs(1)).toBe(1);
  });
});

describe('each signal is there once', () => {
  it('when several servers take the same bar at the same time', async () => {
    for (let step = 0; step < 5; step += 1) {
      const waits = await Promise.all(Array.from({ length: 4 }, () => tickBot(api.db, tickOf(step), server())));
      expect(waits.filter((wait) => wait !== null)).toHaveLength(1);
    }
    expect(await signals()).toHaveLength(10);
    expect(await jobs(5)).toBe(1);
  });

  it('when a server dies between the computation and the write, and when its thread does not', async () => {
    const runners = new BotRunners();
    const dies = server(() => Promise.reject(new Error('killed')), runners);
    await expect(tickBot(api.db, tickOf(0), dies)).rejects.toThrow('killed');
    expect(await signals()).toHaveLength(0);
    // The thread has a runner behind the bar, which is of no use now.
    expect(await tickBot(api.db, tickOf(0), server(undefined, runners))).toBe(1000);
    expect(await tickBot(api.db, tickOf(1), server(undefined, runners))).toBe(1000);
    expect(await signals()).toHaveLength(4);
    expect(new Set((await signals()).map(({ barTime }) => barTime)).size).toBe(2);
  });
});

it('the next bar is due by the clock of the database, wherever the clock of the server has jumped', async () => {
  for (const [step, year] of [1999, 2400].entries()) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(year) });
    expect(await tickBot(api.db, tickOf(step), server())).toBe(1000);
    vi.useRealTimers();
    const job = await one<{ early: boolean; late: boolean }>(
      sql`select run_at <= now() + interval '1 second' as early, run_at >= now() - interval '1 minute' as late
      from graphile_worker._private_jobs where payload->>'botId' = ${botId} and payload->>'step' = ${String(step + 1)}`,
    );
    expect(job).toEqual({ early: true, late: true });
  }
});

it('a large state is stored once in many bars, and a server that starts goes on from there with the same signals', async () => {
  botId = await startBot('buy(when: close > sma(close, 2000))\ninfo(when: close > wma(close, 2000), every: true)');
  const runners = new BotRunners();
  const stored = new Set<number>();
  const STEPS = 20;
  for (let step = 0; step < STEPS; step += 1) {
    expect(await tickBot(api.db, tickOf(step), server(undefined, step === 13 ? new BotRunners() : runners))).toBe(1000);
    stored.add(
      (await one<{ step: number }>(sql`select (checkpoint->>'step')::int as step from bots where id = ${botId}`))
        ?.step ?? -1,
    );
  }
  // Of 4,000 numbers, 500 a bar.
  expect(stored.size).toBeLessThanOrEqual(1 + Math.ceil(STEPS / 8));
  const warm = await signals();
  const cold = await startBot('buy(when: close > sma(close, 2000))\ninfo(when: close > wma(close, 2000), every: true)');
  for (let step = 0; step < STEPS; step += 1) await tickBot(api.db, { ...tickOf(step), botId: cold }, server());
  const told = (rows: Awaited<ReturnType<typeof signals>>) =>
    rows.map(({ barTime, kind, price }) => `${barTime} ${kind} ${price}`).sort();
  expect(told(await call.signal.list({ botId: cold, limit: 500 }))).toEqual(told(warm));
  expect(warm.length).toBeGreaterThan(0);
});

it('lists all signals page by page, though many have one time', async () => {
  for (let step = 0; step < 6; step += 1) await tickBot(api.db, tickOf(step), server());
  // No role of the server's changes a signal.
  await api.database.asOwner(`update signals set emitted_at = '2020-01-01' where bot_id = '${botId}'`);
  const all = await signals();
  const paged: typeof all = [];
  for (let page = await call.signal.list({ limit: 5 }); page.length > 0;) {
    paged.push(...page);
    const last = page.at(-1);
    page = last ? await call.signal.list({ limit: 5, cursor: { at: last.emittedAt, id: last.id } }) : [];
  }
  expect(all).toHaveLength(12);
  expect(paged).toEqual(all);
});

describe('a bot that is halted', () => {
  const giveUp = (step: number) =>
    actAcross({ db: api.db, now: new Date(), from: NOWHERE }, freely('a test'), async (unit) => {
      unit.nothingHappened();
      await giveUpTick(unit, tickOf(step), 3);
    });
  const written = () =>
    one<{ halted: number; told: number }>(sql`select
      (select count(*)::int from audit_log where action = 'bot.halted' and entity_id = ${botId} and actor_kind = 'bot' and actor_name = ${botId}) as halted,
      (select count(*)::int from events where kind = 'bot.changed' and payload->>'botId' = ${botId} and payload->>'status' = 'halted') as told`);

  it('since its tick is given up is in the audit as its own act, and everybody is told', async () => {
    await giveUp(0);
    expect(await call.bot.get({ id: botId })).toMatchObject({
      status: 'halted',
      failure: expect.stringContaining('tried 3 times'),
    });
    expect(await written()).toEqual({ halted: 1, told: 1 });
  });

  it('is not one that has taken all of its bars: it waits for more', async () => {
    await asSystem(api.db, (tx) => tx.execute(sql`update bots set next_bar = 1000000 where id = ${botId}`));
    expect(await tickBot(api.db, tickOf(0), server())).toBeNull();
    expect(await call.bot.get({ id: botId })).toMatchObject({ status: 'running', isWaiting: true });
    expect(await written()).toEqual({ halted: 0, told: 0 });
  });

  it('is left alone by a tick that is given up and was done', async () => {
    await tickBot(api.db, tickOf(0), server());
    await giveUp(0);
    expect(await call.bot.get({ id: botId })).toMatchObject({ status: 'running' });
    expect(await written()).toEqual({ halted: 0, told: 0 });
  });
});
