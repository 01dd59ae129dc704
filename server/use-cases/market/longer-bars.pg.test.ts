import { beforeEach, expect, it } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import type { MarketId } from '#core/requests/ids.ts';
import type { Person } from '#server/policies/principal.ts';
import { giveBars, storeMarket } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import type { GivenBars } from './take-bars.ts';

const api = testApi();
const HOUR = 3_600_000;
let owner: Person;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
});

/** Bars that open every so many hours. */
function every(hours: number, first: number, count: number): Bars {
  const same = (value: number): Float64Array => new Float64Array(count).fill(value);
  return {
    symbol: 'COIN',
    timeframe: '1h',
    length: count,
    time: Float64Array.from({ length: count }, (_, bar) => Date.UTC(2024, 0, 1) + first * HOUR + bar * hours * HOUR),
    open: same(100),
    high: same(101),
    low: same(99),
    close: same(100),
    volume: same(1),
  };
}

const store = (bars: Bars) => storeMarket(api.db, owner.orgId, bars);
const take = (marketId: MarketId, bars: Bars, correct: GivenBars['correct']) =>
  giveBars(api.db, owner, { marketId, bars, correct });

it.each([
  [24, 5],
  [4, 5],
  [2, 10],
])('refuses bars of %i hours behind hours, though they are but %i', async (hours, count) => {
  const id = await store(every(1, 0, 480));
  await expect(take(id, every(hours, 480, count), null)).rejects.toMatchObject({ code: 'INVALID' });
});

it('takes the next hours', async () => {
  const id = await store(every(1, 0, 480));
  await expect(take(id, every(1, 480, 5), null)).resolves.toMatchObject({ kind: 'taken', appended: 5 });
});
