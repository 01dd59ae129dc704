import { beforeEach, expect, it } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import { readCsv, type ReadOptions } from '#core/market/read-csv.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { withOrg } from '#server/db/database.ts';
import { loadBars } from '#server/db/queries/bar-chunks.ts';
import { findMarket } from '#server/db/queries/markets.ts';
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

const DAYS = Array.from({ length: 280 }, (_, day) => Date.UTC(2024, 0, 1, 21) + day * 24 * HOUR).filter(
  (at) => new Date(at).getUTCDay() % 6 !== 0,
);

/** Days of trade as a file has them. */
function fileOf(times: readonly number[], series?: ReadOptions['series']): Bars {
  const reader = readCsv({ timeframe: '1d', ...(series ? { series } : {}) });
  const lines = times.map((time) => `${new Date(time).toISOString()},1,2,1,1.5,3`);
  reader.write(['time,open,high,low,close,volume', ...lines, ''].join('\n'));
  const read = reader.end();
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return { ...read.value, symbol: 'DAYS', timeframe: '1d' };
}

const store = (bars: Bars) => storeMarket(api.db, owner.orgId, bars);
const take = (marketId: MarketId, bars: Bars, correct: GivenBars['correct']) =>
  giveBars(api.db, owner, { marketId, bars, correct });

it.each([5, 1])('the last %i days, read as the market was, make the series of the whole file', async (count) => {
  const whole = fileOf(DAYS);
  const known = fileOf(DAYS.slice(0, -count));
  const id = await store(known);
  const added = fileOf(DAYS.slice(-count), { timesAre: 'closes', opens: known.time });
  await expect(take(id, added, null)).resolves.toMatchObject({ kind: 'taken', appended: count });
  const stored = await withOrg(api.db, owner.orgId, async (tx) => {
    const market = await findMarket(tx, owner.orgId, id);
    if (!market) throw new Error('it is there');
    return loadBars(tx, market);
  });
  expect([...stored.time]).toEqual([...whole.time]);
});

it('days that are named by their closes are refused where they are read by their opens', async () => {
  const id = await store(fileOf(DAYS.slice(0, -5)));
  await expect(take(id, fileOf(DAYS.slice(-5)), null)).rejects.toMatchObject({ code: 'INVALID' });
});
