import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { randomOf } from '#core/engine/chance/random.ts';
import { BAR_COLUMNS, type Bars } from '#core/market/bars.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { BarCache, sliceBars } from '#server/compute/bar-cache.ts';
import { hashOfBars } from '#server/compute/known-leaves.ts';
import { BARS_PER_CHUNK } from '#server/db/bar-chunk.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { bytesOf } from '#server/db/numbers.ts';
import { insertBarChunks, listChunks, loadBars, loadLastBars } from '#server/db/queries/bar-chunks.ts';
import { joinBars, settleRows, type ManyBars } from '#server/db/queries/change-bars.ts';
import { hashRange } from '#server/db/queries/hash-range.ts';
import { findMarket, type MarketRow } from '#server/db/queries/markets.ts';
import type { Person } from '#server/policies/principal.ts';
import { giveBars, storeMarket } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { type GivenBars } from './take-bars.ts';

const api = testApi();
const MINUTE = 60_000;
const BEGIN = Date.UTC(2024, 0, 1);
let owner: Person;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
});

/** Minutes of a random walk, without some of them. */
function walk(length: number, seed: number): Bars {
  const random = randomOf(seed);
  const column = (): Float64Array => new Float64Array(length);
  const bars = { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let [time, last] = [BEGIN, 100];
  for (let bar = 0; bar < length; bar += 1) {
    const close = last * (0.99 + 0.02 * random.next());
    bars.time[bar] = time;
    bars.open[bar] = last;
    bars.high[bar] = Math.max(last, close);
    bars.low[bar] = Math.min(last, close);
    bars.close[bar] = close;
    bars.volume[bar] = random.below(9) === 0 ? Number.NaN : random.below(1000);
    last = close;
    time += MINUTE * (random.below(40) === 0 ? 2 : 1);
  }
  return { symbol: 'GROWS', timeframe: '1m', length, ...bars };
}

const store = (bars: Bars, symbol = 'GROWS') => storeMarket(api.db, owner.orgId, { ...bars, symbol });

const take = (marketId: MarketId, bars: ManyBars, correct: GivenBars['correct'] = 'always', hasVolume = true) =>
  giveBars(api.db, owner, { marketId, bars, hasVolume, correct });

const look = <T>(marketId: MarketId, work: (tx: Parameters<typeof loadBars>[0], market: MarketRow) => Promise<T>) =>
  withOrg(api.db, owner.orgId, async (tx) => {
    const market = await findMarket(tx, owner.orgId, marketId);
    if (!market) throw new Error('it is there');
    return work(tx, market);
  });

const columnsOf = (bars: ManyBars): readonly (readonly number[])[] => BAR_COLUMNS.map((name) => [...bars[name]]);

/** That a market has these bars and no others, in rows, hashes, cache and row of the market. */
async function expectBars(marketId: MarketId, bars: Bars, cache: BarCache): Promise<void> {
  await look(marketId, async (tx, market) => {
    const stored = await loadBars(tx, market);
    expect(stored.length).toBe(bars.length);
    for (const name of BAR_COLUMNS)
      expect(Buffer.from(stored[name].buffer).equals(Buffer.from(bars[name].slice().buffer))).toBe(true);
    expect(market).toMatchObject({
      barCount: bars.length,
      firstTime: bars.time[0],
      lastTime: bars.time[bars.length - 1],
    });
    const rows = await listChunks(tx, market, {});
    expect(rows.every(({ count }) => count > 0 && count <= BARS_PER_CHUNK)).toBe(true);
    expect((await hashRange(tx, market, {}))?.hash).toBe(hashOfBars(bars, 0, bars.length));
    const held = await cache.load(tx, market);
    for (const name of BAR_COLUMNS) expect(Buffer.from(held[name]).equals(Buffer.from(bars[name]))).toBe(true);
    expect(hashOfBars(held, 0, held.length)).toBe(hashOfBars(bars, 0, bars.length));
  });
}

describe('a series', () => {
  it('has the same bars and hashes in whatever pieces and order they come, and however they are corrected', async () => {
    const whole = walk(24_000, 1);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20_000 }),
        fc.array(
          fc.record({
            from: fc.integer({ min: 0, max: 23_999 }),
            length: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6000 })),
            wrong: fc.boolean(),
          }),
          { maxLength: 8 },
        ),
        fc.uuid(),
        async (first, pieces, symbol) => {
          const id = await store(sliceBars(whole, 0, first), symbol);
          const cache = new BarCache();
          let end = first;
          for (const { from, length, wrong } of pieces) {
            const start = Math.min(from, end);
            const piece = sliceBars(whole, start, Math.min(whole.length, start + length));
            // Bars that are wrong at first, and corrected by what comes last.
            const given = wrong ? { ...piece, close: piece.close.map((value) => value * 1.001) } : piece;
            await take(id, given);
            end = Math.max(end, start + piece.length);
            await look(id, (tx, market) => cache.load(tx, market));
          }
          await take(id, sliceBars(whole, 0, end));
          await expectBars(id, sliceBars(whole, 0, end), cache);
          await asSystem(api.db, (tx) => tx.execute(sql`delete from markets where id = ${id}`));
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  it('takes bars that were missing, between others and before the first one, and a few bars at a time', async () => {
    const whole = walk(9000, 2);
    const some = (wanted: (bar: number) => boolean): Bars => {
      const kept = [...whole.time.keys()].filter(wanted);
      const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (bar) => column[bar] ?? 0);
      const { time, open, high, low, close, volume } = whole;
      return {
        ...whole,
        length: kept.length,
        time: pick(time),
        open: pick(open),
        high: pick(high),
        low: pick(low),
        close: pick(close),
        volume: pick(volume),
      };
    };
    const id = await store(some((bar) => bar >= 2000 && bar < 8000 && bar % 97 !== 0));
    const cache = new BarCache();
    await look(id, (tx, market) => cache.load(tx, market));
    expect(
      await take(
        id,
        some((bar) => bar < 8000 && (bar % 97 === 0 || bar < 2000)),
      ),
    ).toMatchObject({
      kind: 'taken',
      changed: 0,
      appended: 0,
    });
    await take(id, sliceBars(whole, 8000, 8700));
    for (let bar = 8700; bar < 8970; bar += bar % 9 === 0 ? 1 : 4)
      await take(id, sliceBars(whole, bar, Math.min(8970, bar + (bar % 9 === 0 ? 1 : 4))));
    await take(id, sliceBars(whole, 8970, 9000));
    await expectBars(id, whole, cache);
    const rows = await look(id, (tx, market) => listChunks(tx, market, {}));
    expect(rows.length).toBeLessThanOrEqual(3);
    const last = await look(id, (tx, market) => loadLastBars(tx, market, 700));
    expect(columnsOf(last)).toEqual(columnsOf(sliceBars(whole, 8300, 9000)));
  }, 120_000);

  it('asks before it corrects, and corrects what was seen and nothing else', async () => {
    const whole = walk(300, 3);
    const id = await store(sliceBars(whole, 0, 200));
    const given = { ...sliceBars(whole, 100, 250), close: whole.close.slice(100, 250) };
    given.close[7] = (given.close[7] ?? 0) * 3;
    given.close[9] = (given.close[9] ?? 0) * 1.5;
    const asked = await take(id, given, null);
    expect(asked).toMatchObject({
      kind: 'asked',
      correction: {
        changed: 2,
        added: 0,
        from: whole.time[107],
        to: whole.time[109],
        largest: { time: whole.time[107], column: 'close', known: whole.close[107], by: expect.closeTo(2) },
      },
      appended: 50,
      agreeing: 98,
    });
    await expectBars(id, sliceBars(whole, 0, 200), new BarCache());
    const seen = (asked.kind === 'asked' && asked.correction?.seen) || '';
    const other = { ...given, close: given.close.slice() };
    other.close[11] = 1;
    expect(await take(id, other, { seen })).toMatchObject({ kind: 'asked', correction: { changed: 3 } });
    expect(await take(id, given, { seen })).toMatchObject({ kind: 'taken', changed: 2, appended: 50, agreeing: 98 });
    expect(await take(id, given, null)).toMatchObject({ kind: 'taken', changed: 0, appended: 0, agreeing: 150 });
    expect(await look(id, async (_tx, { revision, corrected }) => ({ revision, corrected }))).toEqual({
      revision: 1,
      corrected: 1,
    });
  });

  it('keeps its volumes under a file that has none', async () => {
    const whole = walk(100, 4);
    const id = await store(whole);
    const without = { ...whole, volume: new Float64Array(100).fill(Number.NaN) };
    expect(await take(id, without, null, false)).toMatchObject({ kind: 'taken', agreeing: 100 });
    await expectBars(id, whole, new BarCache());
  });

  it('refuses bars of another length and bars by another clock', async () => {
    const whole = walk(500, 5);
    const id = await store(whole);
    const later = (by: number): Bars => ({ ...whole, time: whole.time.map((time) => time + by) });
    await expect(take(id, later(30_000))).rejects.toMatchObject({
      code: 'INVALID',
      message: /do not fit to those of GROWS 1m/,
    });
    await expectBars(id, whole, new BarCache());
  });

  it('takes the same bars once, though many bring them at the same time', async () => {
    const whole = walk(1000, 6);
    const id = await store(sliceBars(whole, 0, 900));
    const cache = new BarCache();
    await look(id, (tx, market) => cache.load(tx, market));
    const taken = await Promise.all(Array.from({ length: 5 }, () => take(id, sliceBars(whole, 850, 1000), null)));
    expect(taken.map((one) => (one.kind === 'taken' ? one.appended : -1)).sort((a, b) => a - b)).toEqual([
      0, 0, 0, 0, 100,
    ]);
    await expectBars(id, whole, cache);
  });

  it('that is older than leaves are is cut into rows of leaves once, with the same bars', async () => {
    const whole = walk(40_000, 7);
    const id = await store(whole);
    // As rows were before.
    await withOrg(api.db, owner.orgId, async (tx) => {
      await tx.execute(sql`delete from bar_chunks where market_id = ${id}`);
      for (let start = 0; start < whole.length; start += BARS_PER_CHUNK) {
        const part = sliceBars(whole, start, Math.min(whole.length, start + BARS_PER_CHUNK));
        const values = new Float64Array(part.length * 6);
        BAR_COLUMNS.forEach((name, place) => values.set(part[name], place * part.length));
        const chunk = { firstTime: part.time[0] ?? 0, count: part.length, columns: bytesOf(values) };
        await insertBarChunks(tx, owner.orgId, id, [{ ...chunk, leaves: null }]);
      }
    });
    await expectBars(id, whole, new BarCache());
    expect(await look(id, settleRows)).toBe(true);
    expect(await look(id, settleRows)).toBe(false);
    await expectBars(id, whole, new BarCache());
    const rows = await look(id, (tx, market) => listChunks(tx, market, {}));
    expect(rows.slice(0, -1).every(({ isWhole }) => isWhole)).toBe(true);
  }, 30_000);
});

describe('the cache of bars', () => {
  it('loads what was appended and nothing else, and leaves bars that somebody computes on as they are', async () => {
    const whole = walk(30_000, 8);
    const id = await store(sliceBars(whole, 0, 29_000));
    const cache = new BarCache();
    const before = await look(id, (tx, market) => cache.load(tx, market));
    const copy = columnsOf(before);
    await take(id, sliceBars(whole, 29_000, 29_500));
    const after = await look(id, (tx, market) => cache.load(tx, market));
    await take(id, sliceBars(whole, 29_500, 30_000));
    const last = await look(id, (tx, market) => cache.load(tx, market));
    expect([before.length, after.length, last.length]).toEqual([29_000, 29_500, 30_000]);
    // The second append found room.
    expect(last.time.buffer).toBe(after.time.buffer);
    const wrong = { ...sliceBars(whole, 10, 20), close: new Float64Array(10).fill(1) };
    await take(id, wrong);
    const corrected = await look(id, (tx, market) => cache.load(tx, market));
    expect(corrected.close[12]).toBe(1);
    expect(last.close[12]).toBe(whole.close[12]);
    expect(columnsOf(before)).toEqual(copy);
    await expectBars(
      id,
      { ...whole, close: whole.close.map((value, bar) => (bar >= 10 && bar < 20 ? 1 : value)) },
      cache,
    );
  });
});

it('bars are joined in their order', () => {
  const whole = walk(10, 9);
  expect(columnsOf(joinBars(sliceBars(whole, 0, 4), sliceBars(whole, 4, 10)))).toEqual(columnsOf(whole));
});
