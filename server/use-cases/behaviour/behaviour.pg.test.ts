import { beforeEach, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import type { Bars } from '#core/market/bars.ts';
import type { FormulaId, MarketId, OrgId, VersionId } from '#core/requests/ids.ts';
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
