import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { Bars } from '#core/market/bars.ts';
import type { FormulaId, MarketId } from '#core/requests/ids.ts';
import { sliceBars } from '#server/compute/bar-cache.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { giveBars, storeMarket, walk } from '#server/testing/growing-market.ts';
import { workerMeans } from '#server/testing/means.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { startWorker, type JobWorker } from './start-worker.ts';

const api = testApi();
let owner: Person;
let call: Caller;
let worker: JobWorker;
let formulaId: FormulaId;

beforeAll(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  call = callAs(api.runtime, owner);
  worker = await startWorker({
    ...workerMeans(),
    db: api.db,
    sql: api.database.sql,
    url: api.database.urls.system,
    log: pino({ level: 'silent' }),
    threads: 1,
  });
  const code =
    'spy = feed("SPY", "1d")\nbuy(when: close > ema(close, 9) and spy.close > ema(spy.close, 4))\nsell(when: close < ema(close, 9))';
  formulaId = (await call.formula.create({ name: 'F', code })).id;
}, 60_000);
afterAll(() => worker.close());

const middleOf = ({ high, low }: Bars, bar: number): number => ((high[bar] ?? 0) + (low[bar] ?? 0)) / 2;

const store = (bars: Bars) => storeMarket(api.db, owner.orgId, bars);
const take = (marketId: MarketId, bars: Bars) => giveBars(api.db, owner, { marketId, bars });

/** Runs to its end; `isAnswered`: an earlier answer was taken over at once. */
async function run(marketId: MarketId, range: { readonly from?: number; readonly to?: number } = {}) {
  const { backtestId: id } = await call.backtest.start({ formulaId, marketId, settings: DEFAULT_SETTINGS, ...range });
  const isAnswered = (await call.backtest.get({ id })).status === 'succeeded';
  await vi.waitFor(async () => expect((await call.backtest.get({ id })).status).toBe('succeeded'), {
    timeout: 60_000,
    interval: 50,
  });
  return { id, isAnswered, result: await call.backtest.result({ id }) };
}

describe('a backtest over a range', () => {
  it('keeps its answer when bars come behind the range, between and before; says which of its bars were corrected, and has its times', async () => {
    const [own, spy] = [walk('OWN', '1h', 2000, 1), walk('SPY', '1d', 90, 2)];
    const marketId = await store(sliceBars(own, 200, 1200));
    const spyId = await store(sliceBars(spy, 0, 51));
    const range = { from: own.time[400] ?? 0, to: own.time[1100] ?? 0 };
    const first = await run(marketId, range);
    const open = await run(marketId);
    expect([first.isAnswered, open.isAnswered]).toEqual([false, false]);
    expect(first.result.tradeCount).toBeGreaterThan(3);
    expect(open.result.barCount).toBe(1000);
    const whole = await call.backtest.get({ id: open.id });
    expect(whole.bars).toEqual({ lastBar: own.time[1199], corrected: [], hasNewer: false });

    await take(marketId, sliceBars(own, 1200, 1500));
    await take(spyId, sliceBars(spy, 51, 70));
    await take(marketId, sliceBars(own, 100, 200));
    const again = await run(marketId, range);
    expect(again.isAnswered).toBe(true);
    expect(again.result).toEqual(first.result);
    // The run over all that there was is of those bars, not of those that have come.
    expect(await call.backtest.result({ id: open.id })).toEqual(open.result);
    expect((await call.backtest.get({ id: open.id })).bars).toMatchObject({
      hasNewer: true,
      corrected: [{ symbol: 'OWN', timeframe: '1h', bars: 100 }],
    });
    expect((await run(marketId)).result.barCount).toBe(1400);

    const wrong = { ...own, close: own.close.slice() };
    for (const bar of [300, 500, 501, 1150]) wrong.close[bar] = middleOf(own, bar);
    await take(marketId, sliceBars(wrong, 300, 1151));
    expect((await call.backtest.get({ id: first.id })).bars.corrected).toEqual([
      { symbol: 'OWN', timeframe: '1h', bars: 2 },
    ]);
    expect((await call.backtest.get({ id: open.id })).bars.corrected).toEqual([
      { symbol: 'OWN', timeframe: '1h', bars: 104 },
    ]);
    const corrected = await run(marketId, range);
    expect(corrected.isAnswered).toBe(false);
    expect((await call.backtest.get({ id: corrected.id })).bars.corrected).toEqual([]);
    // Put right again: the first answer answers.
    await take(marketId, sliceBars(own, 300, 1151));
    expect((await run(marketId, range)).isAnswered).toBe(true);
    const late = { ...spy, close: spy.close.slice() };
    late.close[60] = middleOf(spy, 60);
    await take(spyId, sliceBars(late, 60, 61));
    expect((await run(marketId, range)).isAnswered).toBe(true);
    late.close[20] = middleOf(spy, 20);
    await take(spyId, sliceBars(late, 20, 21));
    expect((await run(marketId, range)).isAnswered).toBe(false);
    expect((await call.backtest.get({ id: corrected.id })).bars.corrected).toEqual([
      { symbol: 'OWN', timeframe: '1h', bars: 2 },
      { symbol: 'SPY', timeframe: '1d', bars: 1 },
    ]);
  }, 120_000);

  it('whose bars change while it waits answers the question about those that it was made on', async () => {
    const own = walk('WAITS', '1h', 600, 3);
    const marketId = await store(own);
    const { backtestId: id } = await call.backtest.start({ formulaId, marketId, settings: DEFAULT_SETTINGS });
    const wrong = {
      ...own,
      close: own.close.map((value) => value * 1.001),
      high: own.high.map((value) => value * 1.002),
    };
    // Before or behind the moment at which it loads them: either is right, and both are told.
    await take(marketId, sliceBars(wrong, 100, 500));
    await vi.waitFor(async () => expect((await call.backtest.get({ id })).status).toBe('succeeded'), {
      timeout: 60_000,
    });
    const { bars } = await call.backtest.get({ id });
    const next = await run(marketId);
    expect(next.isAnswered).toBe(bars.corrected.length === 0);
    if (next.isAnswered) expect(next.result).toEqual(await call.backtest.result({ id }));
    await take(marketId, own);
    const back = await run(marketId);
    expect(back.isAnswered).toBe(bars.corrected.length > 0);
  }, 120_000);
});
