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
const DAY = 24 * HOUR;
let owner: Person;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
});

/** Days from the first one on, which open so many hours behind midnight. */
function days(first: number, count: number, hours: number): Bars {
  const same = (value: number): Float64Array => new Float64Array(count).fill(value);
  return {
    symbol: 'COIN',
    timeframe: '1d',
    length: count,
    time: Float64Array.from({ length: count }, (_, day) => Date.UTC(2024, 0, 1) + (first + day) * DAY + hours * HOUR),
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

it('refuses the last known day once more, by another clock, and what follows it', async () => {
  const id = await store(days(0, 280, 0));
  await expect(take(id, days(279, 4, 5), null)).rejects.toMatchObject({ code: 'INVALID' });
});

it('refuses some of the last days once more, by another clock, and does not offer them as a correction', async () => {
  const id = await store(days(0, 280, 0));
  await expect(take(id, days(274, 9, 5), null)).rejects.toMatchObject({ code: 'INVALID' });
});

it('refuses bars by another clock that end long before the market begins', async () => {
  const id = await store(days(3000, 280, 0));
  await expect(take(id, days(0, 60, 5), null)).rejects.toMatchObject({ code: 'INVALID' });
  await expect(take(id, days(0, 60, 0), null)).resolves.toMatchObject({ kind: 'asked' });
});
