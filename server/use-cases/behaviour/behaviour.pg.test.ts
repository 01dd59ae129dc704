import { performance } from 'node:perf_hooks';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { Bars } from '#core/market/bars.ts';
import type { BacktestId, FormulaId, MarketId, OrgId, VersionId } from '#core/requests/ids.ts';
import { createFormulaThreads } from '#server/compute/formula-threads.ts';
import { withOrg } from '#server/db/database.ts';
import { insertBacktestResult, moveBacktest } from '#server/db/queries/backtests.ts';
import { MOST_COMPARED_SIGNALS, MOST_COMPARED_TRADES } from '#server/policies/limits.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { storeMarket } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
let orgId: OrgId;
let editor: Caller;
let viewer: Caller;
let marketId: MarketId;
let formulaId: FormulaId;
let versionId: VersionId;

const DAY = 86_400_000;

function wave(symbol: string, length = 60): Bars {
  const price = Float64Array.from({ length }, (_, bar) => 100 + 10 * Math.sin(bar / 5));
  return {
    symbol,
    timeframe: '1d',
    length,
    time: Float64Array.from({ length }, (_, bar) => Date.UTC(2024, 0, 1) + bar * DAY),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: new Float64Array(length).fill(1),
  };
}

const CODE = 'buy(when: close > sma(close, 5))\nsell(when: close < sma(close, 5))\n';

beforeEach(async () => {
  orgId = await createOrganisation(api.db);
  editor = callAs(api.runtime, await createMember(api.db, orgId, 'editor'));
  viewer = callAs(api.runtime, await createMember(api.db, orgId, 'viewer'));
  marketId = await storeMarket(api.db, orgId, wave('WAVE'));
  formulaId = (await editor.formula.create({ name: 'Wave', code: CODE })).id;
  versionId = (await editor.version.create({ formulaId, message: '' })).id;
});

const question = () => ({
  before: { formulaId, versionId },
  after: { formulaId },
  marketIds: [marketId],
  settings: DEFAULT_SETTINGS,
});

it('one question is asked once: of a version and a draft that say the same, and asked again', async () => {
  const { pairs } = await editor.behaviour.start(question());
  expect(pairs).toHaveLength(1);
  expect(pairs[0]?.before).toBe(pairs[0]?.after);
  expect((await editor.behaviour.start(question())).pairs).toEqual(pairs);
  expect(await editor.backtest.list({})).toHaveLength(1);
});

it('two strategies are two runs on each market, and a market that is named twice is one', async () => {
  const other = await storeMarket(api.db, orgId, wave('OTHER'));
  const { id } = await editor.formula.create({
    name: 'Other',
    code: CODE.replace('sma(close, 5))\nsell', 'ema(close, 5))\nsell'),
  });
  const { pairs } = await editor.behaviour.start({
    ...question(),
    after: { formulaId: id },
    marketIds: [marketId, other, marketId],
  });
  expect(pairs.map((pair) => pair.marketId)).toEqual([marketId, other]);
  expect(new Set(pairs.flatMap(({ before, after }) => [before, after])).size).toBe(4);
});

it('refuses in words: another strategy’s version, an empty range, a draft with errors, and a viewer', async () => {
  const { id } = await editor.formula.create({ name: 'Broken', code: 'x = sma(close, 0)\nbuy(when: x > 1)\n' });
  const start = (change: object) => editor.behaviour.start({ ...question(), ...change });
  await expect(start({ before: { formulaId: id, versionId } })).rejects.toThrow('There is no such version');
  await expect(start({ from: Date.UTC(2030, 0, 1) })).rejects.toThrow('WAVE has no bars in this range');
  await expect(start({ after: { formulaId: id } })).rejects.toThrow('The draft has errors');
  await expect(viewer.behaviour.start(question())).rejects.toThrow();
  expect(await editor.backtest.list({})).toEqual([]);
});

it('a run that has not finished has nothing to compare', async () => {
  const { pairs } = await editor.behaviour.start(question());
  const [pair] = pairs;
  if (!pair) throw new Error('a pair is queued');
  await expect(viewer.behaviour.get({ before: pair.before, after: pair.after })).rejects.toThrow(
    'This backtest has no result: it is queued',
  );
});

/** As the worker would have kept it: a trade at each place, of so many units, and signals. */
async function finish(id: BacktestId, { trades, signals, units }: { trades: number; signals: number; units: number }) {
  const length = 60;
  const equity = Float64Array.from({ length }, (_, bar) => 100 + bar * units);
  const lists = {
    trades: JSON.stringify(
      Array.from({ length: trades }, (_, place) => ({
        side: 'long',
        units: place === 0 ? units : 1,
        entryBar: place % length,
        entryTime: place,
        entryPrice: 10,
        exitBar: length - 1,
        exitTime: place,
        exitPrice: 11,
        gross: 1,
        net: 1,
        return: 0.1,
        commission: 0,
        barsHeld: 1,
        mae: 0,
        mfe: 0,
        reason: 'signal',
        entryNode: 'n',
      })),
    ),
    signals: JSON.stringify(
      Array.from({ length: signals }, (_, place) => ({
        bar: place % length,
        time: place,
        node: 'n',
        kind: 'info',
        price: 1,
        ...(place % 2 === 0 ? { note: `Note ${place % 7} of ${units}` } : {}),
      })),
    ),
    rejected: '[]',
  };
  await withOrg(api.db, orgId, async (tx) => {
    await moveBacktest(tx, { orgId, id }, ['queued'], { status: 'succeeded', finishedAt: new Date() });
    const columns = { equity, drawdown: new Float64Array(length), benchmark: equity };
    await insertBacktestResult(tx, orgId, id, { ...columns, lists, metrics: {} as never, sketch: [] });
  });
}

async function twoRuns(): Promise<{ before: BacktestId; after: BacktestId }> {
  const { id } = await editor.formula.create({
    name: 'Calmer',
    code: CODE.replace('sma(close, 5))', 'sma(close, 9))'),
  });
  const { pairs } = await editor.behaviour.start({ ...question(), after: { formulaId: id } });
  const [pair] = pairs;
  if (!pair) throw new Error('a pair is queued');
  return pair;
}

it('tells what two finished runs did differently', async () => {
  const { before, after } = await twoRuns();
  await finish(before, { trades: 3, signals: 4, units: 1 });
  await finish(after, { trades: 4, signals: 4, units: 2 });
  expect(await viewer.behaviour.get({ before, after })).toMatchObject({
    barCount: 60,
    firstBar: 0,
    firstTime: Date.UTC(2024, 0, 1),
    sameCount: 2,
    changed: { count: 1, differs: [['size']], before: { units: [1] }, after: { units: [2] } },
    onlyBefore: { count: 0 },
    onlyAfter: { count: 1 },
    // Those without a note are the same.
    signals: { onlyBefore: 2, onlyAfter: 2 },
  });
});

it('the longest runs that are compared hold up nobody else', async () => {
  const { before, after } = await twoRuns();
  const longest = { trades: MOST_COMPARED_TRADES, signals: MOST_COMPARED_SIGNALS };
  await finish(before, { ...longest, units: 1 });
  await finish(after, { ...longest, units: 2 });
  const threads = createFormulaThreads({ error: () => undefined });
  onTestFinished(() => threads.close());
  const reader = callAs({ ...api.runtime, formulas: threads.ask }, await createMember(api.db, orgId, 'viewer'));
  // The thread is started by the first.
  await reader.behaviour.get({ before, after });
  let held = 0;
  let last = process.threadCpuUsage();
  const beat = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    held = Math.max(held, (user + system) / 1_000);
    last = process.threadCpuUsage();
  }, 5);
  const began = performance.now();
  const found = await reader.behaviour.get({ before, after });
  clearInterval(beat);
  expect(found).toMatchObject({ sameCount: MOST_COMPARED_TRADES - 1, changed: { count: 1 } });
  // Processor time of the thread that answers everybody, in one piece: parsed there, they are one piece of it.
  expect(held, `of ${(performance.now() - began).toFixed(0)} ms`).toBeLessThan(250);
}, 120_000);
