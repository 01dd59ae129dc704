import { beforeEach, describe, expect, it } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { withOrg } from '#server/db/database.ts';
import { countBars } from '#server/db/queries/bar-chunks.ts';
import { findMarket } from '#server/db/queries/markets.ts';
import type { Person } from '#server/policies/principal.ts';
import { giveBars, storeMarket } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const api = testApi();
const DAY = 86_400_000;
let owner: Person;
let id: MarketId;

/** Days of coins around a price, from a day on. */
function daysOf(first: number, count: number, price = 100): Bars {
  const of = (wave: (bar: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, bar) => price * wave(first + bar));
  return {
    symbol: 'COIN',
    timeframe: '1d',
    length: count,
    time: Float64Array.from({ length: count }, (_, bar) => Date.UTC(2024, 0, 1) + (first + bar) * DAY),
    open: of((bar) => 1 + (bar % 7) / 100),
    high: of(() => 1.08),
    low: of(() => 0.98),
    close: of((bar) => 1 + ((bar + 1) % 7) / 100),
    volume: of(() => 1),
  };
}

const add = (bars: Bars, anyway: boolean, correct: { readonly seen: string } | null = null) =>
  giveBars(api.db, owner, { marketId: id, bars, correct, anyway });

const count = () =>
  withOrg(api.db, owner.orgId, async (tx) => {
    const market = await findMarket(tx, owner.orgId, id);
    return market ? countBars(tx, market) : 0;
  });

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  id = await storeMarket(api.db, owner.orgId, daysOf(0, 200));
});

describe('bars behind the last one of a market', () => {
  it('are added without a question where they go on, one at a time or many', async () => {
    for (let bar = 200; bar < 210; bar += 1)
      expect(await add(daysOf(bar, 1), false)).toMatchObject({ kind: 'taken', appended: 1, doubts: [] });
    expect(await add(daysOf(205, 30), false)).toMatchObject({ kind: 'taken', appended: 25, agreeing: 5, doubts: [] });
  });

  it.each([
    ['cost 1000 times as much', () => daysOf(200, 3, 100_000), 'times as much'],
    ['cost a hundredth', () => daysOf(200, 1, 1), 'times less'],
    ['are those of a symbol that costs 7.3 times as much', () => daysOf(200, 20, 730), 'the same symbol'],
    ['come a year later', () => daysOf(565, 3), '366 days without a bar'],
  ])('that %s are asked about, and added by whoever says so', async (_, make, words) => {
    const asked = await add(make(), false);
    expect(asked).toMatchObject({ kind: 'asked', correction: null, appended: make().length });
    expect(asked.doubts.join()).toContain(words);
    expect(await count()).toBe(200);
    // A program that always says so is told what was odd.
    expect(await add(make(), true)).toMatchObject({ kind: 'taken', appended: make().length, doubts: asked.doubts });
    expect(await count()).toBe(200 + make().length);
    // What comes behind them is no longer odd.
    const [next] = make().time.slice(-1);
    const last = ((next ?? 0) - Date.UTC(2024, 0, 1)) / DAY;
    const price = (make().close[0] ?? 0) > 500 ? (make().close[0] ?? 0) / (1 + 1 / 100) : 100;
    if (words.includes('days')) expect(await add(daysOf(last + 1, 2, price), false)).toMatchObject({ doubts: [] });
  });

  it('that are odd wait for the correction that comes with them, too', async () => {
    const both = daysOf(190, 15);
    both.close[3] = 100.5;
    for (let bar = 10; bar < 15; bar += 1)
      for (const column of [both.open, both.high, both.low, both.close]) column[bar] = (column[bar] ?? 0) * 1000;
    const asked = await add(both, false);
    expect(asked).toMatchObject({ kind: 'asked', correction: { changed: 1 }, appended: 5 });
    expect(asked.doubts).toHaveLength(1);
    const seen = asked.kind === 'asked' ? (asked.correction?.seen ?? '') : '';
    expect(await add(both, true)).toMatchObject({ kind: 'asked' });
    expect(await add(both, false, { seen })).toMatchObject({ kind: 'asked' });
    expect(await add(both, true, { seen })).toMatchObject({ kind: 'taken', changed: 1, appended: 5 });
  });
});
