import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { sketchOf } from '#core/engine/outcome/sketch.ts';
import { tradesOfColumns } from '#core/engine/outcome/trade-columns.ts';
import { handleStripeWebhook } from '#server/api/stripe-webhook.ts';
import { authenticate } from '#server/auth/authenticate.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { lastSequence } from '#server/db/queries/events.ts';
import { stripeEvents } from '#server/db/schema/index.ts';
import type { LiveEvent } from '#server/live/event.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, createTestRuntime, openBrowser, type Caller } from '#server/testing/api.ts';
import { workerMeans } from '#server/testing/means.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { seedDemo } from '#server/use-cases/demo/seed-demo.ts';
import { followEvents } from '#server/use-cases/live/follow-events.ts';
import { startWorker, type JobWorker } from './start-worker.ts';

let database: TestDatabase;
let runtime: Awaited<ReturnType<typeof createTestRuntime>>;
let worker: JobWorker | null = null;
let actor: Person;
let call: Caller;
let market: { id: string };

const open = () =>
  startWorker({
    ...workerMeans(),
    db: database.db,
    sql: database.sql,
    url: database.urls.system,
    log: pino({ level: 'silent' }),
    threads: 1,
  });

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await createTestRuntime(database);
  const demo = await seedDemo(database.db, { onlyHere: true, withRuns: false });
  const browser = openBrowser(runtime);
  await browser.call().session.signIn({ email: demo?.people[0]?.email ?? '', password: demo?.password ?? '' });
  const signedIn = await authenticate(database.db, browser.cookie(), false);
  if (!signedIn) throw new Error('the demo signs in');
  actor = signedIn;
  call = callAs(runtime, actor);
  const [first] = await call.market.list();
  if (!first) throw new Error('the demo has a market');
  market = first;
});
afterAll(async () => {
  await worker?.close();
  await runtime.close();
  await database.close();
});

/**
 * The events from now on, collected until one is as wanted. Follows at once: progress is told to those who follow at
 * the time, and stored nowhere.
 */
async function watch(): Promise<{ until(wanted: (event: LiveEvent) => boolean): Promise<LiveEvent[]> }> {
  const since = await withOrg(database.db, actor.orgId, (tx) => lastSequence(tx, actor.orgId));
  const stop = new AbortController();
  const events = followEvents(
    { ...runtime, principal: actor, authenticateAgain: async () => actor },
    since,
    stop.signal,
  );
  let next = events.next();
  return {
    until: async (wanted) => {
      const seen: LiveEvent[] = [];
      for (let one = await next; !one.done; one = await next) {
        const { event } = one.value;
        seen.push(event);
        if (wanted(event)) stop.abort();
        next = events.next();
      }
      return seen;
    },
  };
}

const isEnd = (event: LiveEvent): boolean => event.kind === 'backtest.finished';

async function newFormula(code: string): Promise<string> {
  return (await call.formula.create({ name: `Test ${crypto.randomUUID()}`, code })).id;
}

describe('the worker', () => {
  it('cancels what is queued, before any worker has seen it', async () => {
    const [formula] = await call.formula.list();
    const { backtestId } = await call.backtest.start({
      formulaId: formula?.id ?? '',
      marketId: market.id,
      settings: DEFAULT_SETTINGS,
    });
    await call.backtest.cancel({ id: backtestId });
    expect(await call.backtest.get({ id: backtestId })).toMatchObject({ status: 'cancelled' });
    await expect(call.backtest.cancel({ id: backtestId })).rejects.toThrow('too late');
    worker = await open();
    expect(worker.ready()).toBe(true);
  });

  it('runs a backtest and tells of it in order, from queued to its result', async () => {
    const formula = (await call.formula.list()).find(({ name }) => name === 'Golden cross');
    const news = await watch();
    const { backtestId } = await call.backtest.start({
      formulaId: formula?.id ?? '',
      marketId: market.id,
      settings: DEFAULT_SETTINGS,
    });
    const events = await news.until(isEnd);
    // On a busy machine the run takes long enough to tell more than once how far it is.
    const kinds = events.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]);
    expect(kinds).toEqual(['backtest.queued', 'backtest.progress', 'backtest.finished']);
    const row = await call.backtest.get({ id: backtestId });
    expect(row).toMatchObject({ status: 'succeeded', versionNumber: 1, symbol: 'SPX', progress: 1 });
    const result = await call.backtest.result({ id: backtestId });
    expect(result.time).toHaveLength(5105);
    expect(result.equity).toHaveLength(5105);
    expect(result.trades.side.length).toBe(row.metrics?.['trades']);
    expect(tradesOfColumns(result.trades)[0]).toMatchObject({ side: 'long', reason: 'signal' });
    const [from = 0, to = 0] = [result.time[100], result.time[199]];
    expect(await call.backtest.curve({ id: backtestId, from: from + 1, to })).toEqual({
      time: result.time.slice(101, 200),
      equity: result.equity.slice(101, 200),
      drawdown: result.drawdown.slice(101, 200),
      benchmark: result.benchmark.slice(101, 200),
    });
    const shown = async () => (await call.formula.list()).find(({ id }) => id === formula?.id)?.lastBacktest;
    const sketch = sketchOf(result.equity);
    expect(await shown()).toMatchObject({ id: backtestId, symbol: 'SPX', timeframe: '1d', sketch });
    // The same question has the same answer at once, and the same picture.
    const again = await call.backtest.start({
      formulaId: formula?.id ?? '',
      marketId: market.id,
      settings: DEFAULT_SETTINGS,
    });
    expect(await shown()).toMatchObject({ id: again.backtestId, status: 'succeeded', sketch });
  });

  it('takes a snapshot by its content, which is in no history, and has the number of a version that says the same', async () => {
    const formulaId = await newFormula('buy(when: close > open)');
    const first = await call.backtest.start({ formulaId, marketId: market.id, settings: DEFAULT_SETTINGS });
    const second = await call.backtest.start({ formulaId, marketId: market.id, settings: DEFAULT_SETTINGS });
    expect(second.versionId).toBe(first.versionId);
    expect(await call.version.list({ formulaId })).toEqual([]);
    const named = await call.version.create({ formulaId, message: 'Named' });
    expect(named).toMatchObject({ number: 1, isNew: true });
    expect(await call.backtest.get({ id: first.backtestId })).toMatchObject({ versionNumber: 1 });
    expect(await call.version.list({ formulaId })).toHaveLength(1);
  });

  it('says at the start what looks back over more bars than there are', async () => {
    const formulaId = await newFormula('input days = 10\nslow = sma(close, days)\nbuy(when: close > slow)');
    const start = { formulaId, marketId: market.id, settings: DEFAULT_SETTINGS };
    expect((await call.backtest.start(start)).warnings).toEqual([]);
    expect((await call.backtest.start({ ...start, inputs: { days: 6000 } })).warnings).toEqual([
      '`slow` looks back over 5,999 bars and the data has 5,105 bars: it is missing at every one of them.',
    ]);
    expect(
      (await call.backtest.start({ ...start, from: Date.UTC(2000, 0, 1), to: Date.UTC(2000, 0, 8) })).warnings,
    ).toHaveLength(1);
  });

  it('says why a run failed', async () => {
    const news = await watch();
    const formulaId = await newFormula('other = feed(symbol: "NOPE")\nbuy(when: other.close > close)');
    const { backtestId } = await call.backtest.start({ formulaId, marketId: market.id, settings: DEFAULT_SETTINGS });
    await news.until(
      (event) => isEnd(event) && 'backtestId' in event.payload && event.payload.backtestId === backtestId,
    );
    expect(await call.backtest.get({ id: backtestId })).toMatchObject({
      status: 'failed',
      failure: 'The formula reads the feed "NOPE", and there are no bars of it.',
    });
  });

  it('refuses a formula with errors, and inputs that are not allowed, and queues nothing', async () => {
    const formulaId = await newFormula('input n = 5 in 2..9\na = sma(close, n)\nbuy(when: close > a)');
    const before = (await call.backtest.list({})).length;
    await expect(
      call.backtest.start({ formulaId, marketId: market.id, settings: DEFAULT_SETTINGS, inputs: { n: 99 } }),
    ).rejects.toThrow('at the most 9');
    const broken = await newFormula('buy(size: 50%)');
    await expect(
      call.backtest.start({ formulaId: broken, marketId: market.id, settings: DEFAULT_SETTINGS }),
    ).rejects.toThrow('The strategy has errors');
    expect(await call.backtest.list({})).toHaveLength(before);
  });

  it('runs a bot bar by bar; each signal is stored and told once, also when the worker is restarted', async () => {
    const formulaId = await newFormula('info(when: close > 0, note: "tick", every: true)');
    const { id: versionId } = await call.version.create({ formulaId, message: '' });
    const { id: botId } = await call.bot.create({
      name: 'Ticker',
      versionId,
      marketId: market.id,
      mode: 'paper',
      settings: DEFAULT_SETTINGS,
    });
    const news = await watch();
    await call.bot.start({ id: botId });
    const isSignal = (event: LiveEvent) => event.kind === 'signal.emitted';
    await news.until(isSignal);
    await worker?.close();
    const later = await watch();
    worker = await open();
    await later.until(isSignal);
    await call.bot.pause({ id: botId });
    const signals = await call.signal.list({ botId, limit: 100 });
    const times = signals.map(({ barTime }) => barTime);
    expect(signals.length).toBeGreaterThanOrEqual(2);
    expect(new Set(times).size).toBe(times.length);
    expect(signals[0]).toMatchObject({ kind: 'info', note: 'tick', botName: 'Ticker', reason: 'close > 0' });
    expect(await call.bot.get({ id: botId })).toMatchObject({ status: 'paused', signalCount: signals.length });
  });
});

describe("Stripe's webhook", () => {
  const secret = 'whsec_test';
  const deliver = (body: string, signature: string | null) =>
    handleStripeWebhook(
      {
        ...runtime,
        config: { ...runtime.config, stripe: { secretKey: 'sk_test', webhookSecret: secret, prices: [] } },
      },
      new Request('http://localhost/api/stripe/webhook', {
        method: 'POST',
        body,
        headers: signature === null ? {} : { 'stripe-signature': signature },
      }),
    );

  it('stores a signed event once, and nothing that is not signed', async () => {
    const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'customer.created', data: { object: {} } });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
    expect(await (await deliver(body, signature)).json()).toEqual({ received: true, isNew: true });
    expect(await (await deliver(body, signature)).json()).toEqual({ received: true, isNew: false });
    expect((await deliver(`${body} `, signature)).status).toBe(400);
    expect((await deliver(body, null)).status).toBe(400);
    expect(await asSystem(database.db, (tx) => tx.select({ id: stripeEvents.id }).from(stripeEvents))).toEqual([
      { id: 'evt_1' },
    ]);
  });

  it.each([
    ['a NUL', 'evt_nul', '"a\\u0000b"'],
    ['half of a surrogate pair', 'evt_half', '"\\ud800"'],
    ['9,000 lists in lists', 'evt_deep', '['.repeat(9000) + ']'.repeat(9000)],
  ])('stores an event that holds %s, as it came', async (_, id, value) => {
    const body = `{"id":"${id}","object":"event","type":"customer.created","data":${value}}`;
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
    expect((await deliver(body, signature)).status).toBe(200);
    const stored = await asSystem(database.db, (tx) =>
      tx.select({ payload: stripeEvents.payload }).from(stripeEvents).where(eq(stripeEvents.id, id)),
    );
    expect(stored).toEqual([{ payload: body }]);
  });

  it.each([
    '',
    '{}',
    '[1',
    'null',
    '{"id":1,"type":"x"}',
    '{"id":"a\\u0000","type":"x"}',
    '{"id":"evt_2","type":"\\ud800"}',
  ])('refuses a signed body that is no event: %s', async (body) => {
    expect(
      (await deliver(body, Stripe.webhooks.generateTestHeaderString({ payload: body || ' ', secret }))).status,
    ).toBe(400);
  });

  it('refuses a signature of tomorrow, and one without a time', async () => {
    const body = JSON.stringify({ id: 'evt_3', type: 'x' });
    const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
    expect(
      (await deliver(body, Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: tomorrow })))
        .status,
    ).toBe(400);
    expect(
      (await deliver(body, `t=NaN,v1=${createHmac('sha256', secret).update(`NaN.${body}`).digest('hex')}`)).status,
    ).toBe(400);
  });

  it('says that it is not set up', async () => {
    const response = await handleStripeWebhook(
      runtime,
      new Request('http://localhost/api/stripe/webhook', { method: 'POST', body: '{}' }),
    );
    expect(response.status).toBe(503);
  });
});
