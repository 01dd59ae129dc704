import { beforeEach, expect, it } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { withOrg } from '#server/db/database.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import type { Person } from '#server/policies/principal.ts';
import { giveBars, storeMarket } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import type { GivenBars } from '../market/take-bars.ts';
import { barsSince } from './bars-since.ts';

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

it('tells a run over all bars of older ones that were added since', async () => {
  const id = await store(every(1, 50, 100));
  const look = (first: number, last: number, revision: number) =>
    withOrg(api.db, owner.orgId, (tx) =>
      barsSince(tx, owner.orgId, { marketId: id, from: null, to: null, madeOn: { revision, feeds: {}, first, last } }),
    );
  const market = await withOrg(api.db, owner.orgId, (tx) => findMarket(tx, owner.orgId, id));
  if (!market) throw new Error('it is there');
  const { firstTime, lastTime, revision } = market;
  await expect(take(id, every(1, 0, 50), 'always')).resolves.toMatchObject({ kind: 'taken', added: 50 });
  const since = await look(firstTime, lastTime, revision);
  expect(since.corrected.length > 0 || since.hasNewer).toBe(true);
});
