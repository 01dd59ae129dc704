import { expect, it } from 'vitest';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();

it('gives a member of any organisation, without a market of its own, the whole S&P 500', async () => {
  const viewer = await createMember(api.db, await createOrganisation(api.db), 'viewer');
  const prices = await callAs(api.runtime, viewer).reference.prices();
  expect(prices).toMatchObject({ symbol: 'SPX', timeframe: '1d', reducedBy: 1 });
  expect(prices.time).toHaveLength(5105);
  expect([prices.time[0], prices.close[0], prices.volume[0]]).toEqual([Date.UTC(2000, 0, 3), 1455.219971, 931800000]);
});
