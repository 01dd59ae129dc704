import { beforeEach, expect, it } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import { readCsv } from '#core/market/read-csv.ts';
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
const HOUR = 3_600_000;
let owner: Person;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
});

const DAYS = Array.from({ length: 280 }, (_, day) => Date.UTC(2024, 0, 1, 21) + day * 24 * HOUR).filter(
  (at) => new Date(at).getUTCDay() % 6 !== 0,
);

/** Days of trade as a file has them. */
function fileOf(times: readonly number[]): Bars {
  const reader = readCsv({ timeframe: '1d' });
  const lines = times.map((time) => `${new Date(time).toISOString()},1,2,1,1.5,3`);
  reader.write(['time,open,high,low,close,volume', ...lines, ''].join('\n'));
  const read = reader.end();
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return { ...read.value, symbol: 'DAYS', timeframe: '1d' };
}

async function store(bars: Bars): Promise<string> {
  return withOrg(api.db, owner.orgId, async (tx) => {
    const id = await insertMarket(tx, {
      orgId: owner.orgId,
      symbol: bars.symbol,
      name: bars.symbol,
      timeframe: bars.timeframe,
      currency: 'USD',
      source: 'test',
      barCount: bars.length,
      firstTime: bars.time[0] ?? 0,
      lastTime: bars.time[bars.length - 1] ?? 0,
    });
    if (id === null) throw new Error('there is such a market');
    await insertBarChunks(tx, owner.orgId, id, packBars(bars, bars.length));
    return id;
  });
}

const take = (marketId: string, bars: Bars, correct: GivenBars['correct']) =>
  act({ db: api.db, now: new Date(), from: NOWHERE, principal: owner }, 'market.manage', (unit) =>
    takeBars(unit, { marketId, bars, hasVolume: true, correct }),
  );

it.each([5, 1])('the last %i days, added, make the series of the whole file', async (count) => {
  const whole = fileOf(DAYS);
  const id = await store(fileOf(DAYS.slice(0, -count)));
  const taken = await take(id, fileOf(DAYS.slice(-count)), null).catch(() => null);
  // Refused or asked about.
  if (taken?.kind !== 'taken') return;
  const stored = await withOrg(api.db, owner.orgId, async (tx) => {
    const market = await findMarket(tx, owner.orgId, id);
    if (!market) throw new Error('it is there');
    return loadBars(tx, market);
  });
  expect([...stored.time].map((time) => new Date(time).toISOString()).slice(-7)).toEqual(
    [...whole.time].map((time) => new Date(time).toISOString()).slice(-7),
  );
});
