import { expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { BarCache } from '#server/compute/bar-cache.ts';
import { asSystem } from '#server/db/database.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import { fillOrganisation } from '#server/testing/organisation.ts';
import { createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();

/** A market of two bars. */
async function newMarket(): Promise<MarketRow> {
  const { orgId, marketId } = await fillOrganisation(api.db, await createOrganisation(api.db));
  const market = await asSystem(api.db, (tx) => findMarket(tx, orgId, marketId));
  if (!market) throw new Error('a market that was stored is there');
  return market;
}

it('loads the bars of a market once for many who ask at the same time, and counts their room once', async () => {
  const [hot, a, b] = [await newMarket(), await newMarket(), await newMarket()];
  const cache = new BarCache(6);
  const load = (market: MarketRow) => asSystem(api.db, (tx) => cache.load(tx, market));
  const together = await asSystem(api.db, (tx) => Promise.all(Array.from({ length: 11 }, () => cache.load(tx, hot))));
  expect(new Set(together).size).toBe(1);
  const [first, second] = [await load(a), await load(b)];
  // All three have room: none is loaded again.
  expect((await load(hot)).close === together[0]?.close).toBe(true);
  expect((await load(a)).close === first.close).toBe(true);
  expect((await load(b)).close === second.close).toBe(true);
});

it('loads for itself when the transaction fails that another began to load in', async () => {
  const market = await newMarket();
  const cache = new BarCache(100);
  const failing = asSystem(api.db, (tx) => cache.load(tx, { ...market, orgId: idOf('organisation', 'no id') }));
  const other = asSystem(api.db, (tx) => cache.load(tx, market));
  await expect(failing).rejects.toThrow();
  expect(await other).toHaveLength(2);
});
