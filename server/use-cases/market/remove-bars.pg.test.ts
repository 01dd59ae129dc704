import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { BARS_PER_CHUNK, packBars } from '#server/db/bar-chunk.ts';
import { asSystem, withOrg } from '#server/db/database.ts';
import { meanwhile } from '#server/db/no-transaction.ts';
import { insertBarChunks, listChunks, loadBars } from '#server/db/queries/bar-chunks.ts';
import { cutColumns, joinBars, type ManyBars } from '#server/db/queries/change-bars.ts';
import { hashRange } from '#server/db/queries/hash-range.ts';
import { findMarket, insertMarket } from '#server/db/queries/markets.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { act } from '../act/act.ts';
import { NOWHERE } from '../context.ts';
import { timesOfRun } from '../run/bars-since.ts';
import { takeBars } from './take-bars.ts';

const api = testApi();
const MINUTE = 60_000;
const BEGIN = Date.UTC(2020, 0, 1);
const timeOf = (bar: number): number => BEGIN + bar * MINUTE;
let owner: Person;
beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
});

function barsOf(from: number, length: number): ManyBars {
  const column = (valueOf: (bar: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, bar) => valueOf(from + bar));
  return {
    length,
    time: column(timeOf),
    open: column(() => 10),
    high: column(() => 12),
    low: column(() => 9),
    close: column((bar) => 10 + (bar % 7) / 10),
    volume: column(() => 1),
  };
}
const store = (bars: ManyBars): Promise<string> =>
  withOrg(api.db, owner.orgId, async (tx) => {
    const id = await insertMarket(tx, {
      orgId: owner.orgId,
      symbol: `S${crypto.randomUUID().slice(0, 8)}`,
      name: 'S',
      timeframe: '1m',
      currency: 'USD',
      source: 'test',
      barCount: bars.length,
      firstTime: bars.time[0] ?? 0,
      lastTime: bars.time[bars.length - 1] ?? 0,
    });
    await insertBarChunks(tx, owner.orgId, id ?? '', packBars(bars, bars.length));
    return id ?? '';
  });
const append = (marketId: string, bars: ManyBars) =>
  act({ db: api.db, now: new Date(), from: NOWHERE, principal: owner }, 'market.manage', (unit) =>
    takeBars(unit, { marketId, bars, hasVolume: true, correct: null }),
  );
const stored = (id: string) =>
  withOrg(api.db, owner.orgId, async (tx) => {
    const market = await findMarket(tx, owner.orgId, id);
    if (!market) throw new Error('there is one');
    const rows = await listChunks(tx, market, {});
    return { market, rows, bars: await loadBars(tx, market), hash: (await hashRange(tx, market, {}))?.hash };
  });
async function remove(id: string, from: number, to: number) {
  const call = callAs(api.runtime, owner);
  const asked = await call.market.removeBars({ id, from, to });
  if (asked.kind !== 'asked') throw new Error('it asks first');
  return call.market.removeBars({ id, from, to, seen: asked.removal.seen });
}

describe('bars that are removed', () => {
  it('leave a market as one that never had them, wherever they stood, also for bars that come behind', async () => {
    const LENGTH = 3 * BARS_PER_CHUNK;
    const all = barsOf(0, LENGTH);
    const edge = fc.oneof(fc.integer({ min: 0, max: LENGTH - 1 }), fc.constantFrom(0, 1, LENGTH - 2, LENGTH - 1));
    await fc.assert(
      fc.asyncProperty(edge, edge, async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(to - from + 1 < LENGTH);
        const id = await store(all);
        expect(await remove(id, timeOf(from), timeOf(to))).toEqual({ kind: 'removed', bars: to - from + 1 });
        await append(id, barsOf(LENGTH, 300));
        const left = joinBars(joinBars(cutColumns(all, 0, from), cutColumns(all, to + 1, LENGTH)), barsOf(LENGTH, 300));
        const { market, bars, hash } = await stored(id);
        expect(bars.time).toEqual(left.time);
        expect(bars.close).toEqual(left.close);
        expect(market).toMatchObject({
          barCount: left.length,
          firstTime: left.time[0],
          lastTime: left.time[left.length - 1],
          corrected: 1,
        });
        expect(hash).toBe((await stored(await store(left))).hash);
      }),
      { numRuns: 8 },
    );
  });

  it('are shown first, and only those that were shown go', async () => {
    const call = callAs(api.runtime, owner);
    const id = await store(barsOf(0, 300));
    const span = { id, from: timeOf(290), to: timeOf(299) };
    const asked = await call.market.removeBars(span);
    expect(asked).toMatchObject({
      kind: 'asked',
      removal: { bars: 10, from: timeOf(290), to: timeOf(299), runs: 0, bots: 0 },
    });
    const seen = asked.kind === 'asked' ? asked.removal.seen : '';
    expect(await call.market.removeBars({ ...span, from: timeOf(280), seen })).toMatchObject({ kind: 'asked' });
    expect((await stored(id)).bars.length).toBe(300);
    await expect(call.market.removeBars({ id, from: 0, to: 1 })).rejects.toThrow(
      'There are no bars between these times.',
    );
    await expect(call.market.removeBars({ id, from: timeOf(0), to: timeOf(299) })).rejects.toThrow(
      'No bar would be left.',
    );
  });

  it('are still those of a run that was made on them, also when they have come again', async () => {
    const id = await store(barsOf(0, 300));
    const madeOn = { revision: 0, feeds: {}, first: timeOf(0), last: timeOf(299) };
    const ofRun = async () => {
      const { market } = await stored(id);
      return withOrg(api.db, owner.orgId, (tx) => timesOfRun(tx, market, { from: null, to: null, madeOn }));
    };
    await remove(id, timeOf(100), timeOf(109));
    expect(await ofRun()).toEqual(barsOf(0, 300).time);
    await act({ db: api.db, now: new Date(), from: NOWHERE, principal: owner }, 'market.manage', (unit) =>
      takeBars(unit, { marketId: id, bars: barsOf(0, 300), hasVolume: true, correct: 'always' }),
    );
    expect(await ofRun()).toEqual(barsOf(0, 300).time);
  });

  it('move a bot back with its next bar, and the bot says so', async () => {
    const call = callAs(api.runtime, owner);
    const id = await store(barsOf(0, 300));
    const { id: formulaId } = await call.formula.create({ name: 'F', code: 'buy(when: close > sma(close, 3))' });
    const { id: versionId } = await call.version.create({ formulaId, message: '' });
    const bot = { name: 'Bot', versionId, marketId: id, mode: 'paper', settings: DEFAULT_SETTINGS } as const;
    const { id: botId } = await call.bot.create(bot);
    await call.bot.start({ id: botId });
    await asSystem(api.db, (tx) => tx.execute(sql`update bots set next_bar = 200 where id = ${botId}`));
    await remove(id, timeOf(190), timeOf(209));
    const [row] = await asSystem(api.db, (tx) =>
      tx.execute(sql`select next_bar, notice from bots where id = ${botId}`),
    );
    expect(row).toMatchObject({
      next_bar: 190,
      notice: expect.stringMatching(/^10 bars of \S+ 1m that it had seen were removed on/),
    });
  });
});

it('whoever asks what would be removed, and removes nothing, keeps no run waiting', async () => {
  const id = await store(barsOf(0, 3000));
  const call = callAs(api.runtime, owner);
  // As a run does that is being queued.
  await withOrg(api.db, owner.orgId, async (tx) => {
    await tx.execute(sql`select from markets where id = ${id} for share`);
    const asked = await meanwhile(() => call.market.removeBars({ id, from: timeOf(10), to: timeOf(2000) }));
    expect(asked).toMatchObject({ kind: 'asked', removal: { bars: 1991 } });
  });
});
