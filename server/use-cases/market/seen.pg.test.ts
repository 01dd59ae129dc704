import { beforeEach, describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { packBars } from '#server/db/bar-chunk.ts';
import { withOrg } from '#server/db/database.ts';
import { insertBarChunks, loadBars } from '#server/db/queries/bar-chunks.ts';
import { findMarket, insertMarket } from '#server/db/queries/markets.ts';
import type { Person } from '#server/policies/principal.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { act } from '../act/act.ts';
import { NOWHERE } from '../context.ts';
import { takeBars, type GivenBars } from './take-bars.ts';

const api = testApi();
const BEGIN = Date.UTC(2020, 0, 1);
let owner: Person;
let id: string;
const barsOf = (closes: Readonly<Record<number, number>> = {}, length = 300) => {
  const column = (value: number): Float64Array => new Float64Array(length).fill(value);
  return {
    length,
    time: Float64Array.from({ length }, (_, bar) => BEGIN + bar * 60_000),
    open: column(10),
    high: column(12),
    low: column(9),
    close: Float64Array.from({ length }, (_, bar) => closes[bar] ?? 10.5),
    volume: column(1),
  };
};
const take = (bars: GivenBars['bars'], correct: GivenBars['correct']) =>
  act({ db: api.db, now: new Date(), from: NOWHERE, principal: owner }, 'market.manage', (unit) =>
    takeBars(unit, { marketId: idOf('market', id), bars, hasVolume: true, correct, anyway: true }),
  );
const closeOf = (bar: number) =>
  withOrg(api.db, owner.orgId, async (tx) => {
    const market = await findMarket(tx, owner.orgId, idOf('market', id));
    return market && (await loadBars(tx, market)).close[bar];
  });
beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  id = await withOrg(api.db, owner.orgId, async (tx) => {
    const bars = barsOf();
    const marketId = await insertMarket(tx, {
      orgId: owner.orgId,
      symbol: 'ABC',
      name: 'Abc',
      timeframe: '1m',
      currency: 'USD',
      source: 'test',
      barCount: 300,
      firstTime: BEGIN,
      lastTime: bars.time[299] ?? 0,
    });
    if (marketId === null) throw new Error('there is such a market');
    await insertBarChunks(tx, owner.orgId, marketId, packBars(bars, 300));
    return marketId;
  });
});
const seenOf = (asked: Awaited<ReturnType<typeof take>>): string =>
  (asked.kind === 'asked' && asked.correction?.seen) || '';

describe('a correction that somebody has seen', () => {
  it('is of the values that were seen', async () => {
    const seen = seenOf(await take(barsOf({ 5: 11.9, 7: 10.6 }), null));
    expect(await take(barsOf({ 5: 11.9, 7: 9.2 }), { seen })).toMatchObject({ kind: 'asked' });
    expect(await closeOf(7)).toBe(10.5);
  });
  it('is of what was known when it was seen', async () => {
    const file = barsOf({ 5: 11.9, 7: 10.6 });
    const seen = seenOf(await take(file, null));
    // A colleague corrects the second bar meanwhile.
    await take(barsOf({ 7: 9.9 }), 'always');
    expect(await take(file, { seen })).toMatchObject({ kind: 'asked' });
    expect(await closeOf(7)).toBe(9.9);
  });

  it('is the same when bars were appended meanwhile, which it says nothing about', async () => {
    const file = barsOf({ 5: 11.9, 7: 10.6 });
    const seen = seenOf(await take(file, null));
    await take(barsOf({}, 301), null);
    expect(await take(file, { seen })).toMatchObject({ kind: 'taken', changed: 2 });
  });
});

describe('bars that have not been yet', () => {
  const bar = (time: number): GivenBars['bars'] => {
    const { time: times, ...columns } = barsOf({}, 1);
    return { ...columns, time: times.fill(time) };
  };
  it('are refused, with what to do, and leave the market as it was', async () => {
    await expect(take(bar(Date.UTC(2089, 0, 1)), 'always')).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('opens on 2089-01-01 00:00 UTC'),
    });
    expect(await take(barsOf({}, 305), null)).toMatchObject({ kind: 'taken', appended: 5 });
  });
  it('may be one bar ahead of this server\u2019s clock', async () => {
    const minute = 60_000 * Math.floor(Date.now() / 60_000);
    expect(await take(bar(minute + 60_000), null)).toMatchObject({ kind: 'taken', appended: 1 });
    await expect(take(bar(minute + 180_000), null)).rejects.toMatchObject({ code: 'INVALID' });
  });
});
