import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { unionOf, without } from '#core/market/times.ts';
import type { MarketId } from '#core/requests/ids.ts';
import { withOrg, type Tx } from '#server/db/database.ts';
import { callAs } from '#server/testing/api.ts';
import { storeMarket } from '#server/testing/growing-market.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { backtests } from '../schema/index.ts';
import { findCorrected, insertCorrection, type Corrected } from './corrections.ts';

const api = testApi();
let owner: Awaited<ReturnType<typeof createMember>>;
let formulaId: string;
let versionId: string;
let marketId: MarketId;

beforeEach(async () => {
  owner = await createMember(api.db, await createOrganisation(api.db), 'owner');
  const call = callAs(api.runtime, owner);
  ({ id: formulaId } = await call.formula.create({ name: 'F', code: 'buy(when: close > open)' }));
  ({ id: versionId } = await call.version.create({ formulaId, message: '' }));
  marketId = await newMarket();
});

const newMarket = (): Promise<MarketId> => {
  const [time, one] = [Float64Array.of(0), Float64Array.of(1)];
  const symbol = `S${crypto.randomUUID().slice(0, 8)}`;
  const prices = { open: one, high: one, low: one, close: one, volume: one };
  return storeMarket(api.db, owner.orgId, { symbol, timeframe: '1h', length: 1, time, ...prices });
};

const inOrganisation = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withOrg(api.db, owner.orgId, work);
const market = (id: MarketId) => ({ orgId: owner.orgId, id });
const correct = (id: MarketId, revision: number, { changed, added }: Corrected) =>
  inOrganisation((tx) => insertCorrection(tx, market(id), { revision, changed, added }));
const rows = async (id: MarketId): Promise<number> =>
  (
    await inOrganisation((tx) =>
      tx.execute<{ rows: number }>(sql`select count(*)::int as rows from bar_corrections where market_id = ${id}`),
    )
  )[0]?.rows ?? -1;
/** A run that has ended, made on a revision of the market, as its own or as a feed. */
const run = (id: MarketId, revision: number, isFeed = false, status: 'succeeded' | 'running' = 'succeeded') =>
  inOrganisation((tx) =>
    tx.insert(backtests).values({
      orgId: owner.orgId,
      formulaId,
      versionId,
      marketId: isFeed ? marketId : id,
      settings: DEFAULT_SETTINGS,
      inputs: {},
      resultKey: crypto.randomUUID(),
      status,
      madeOn:
        status === 'running'
          ? null
          : { revision: isFeed ? 0 : revision, feeds: isFeed ? { [id]: revision } : {}, first: 0, last: 1 },
    }),
  );

const NONE = new Float64Array(0);

it(
  'thousands of corrections of a bar each are a few rows, and none of them reads the others',
  { timeout: 120_000 },
  async () => {
    for (let bar = 1; bar <= 300; bar += 1)
      await correct(marketId, bar, { changed: Float64Array.of(bar), added: NONE });
    expect(await rows(marketId)).toBe(1);
    expect((await inOrganisation((tx) => findCorrected(tx, owner.orgId, marketId, 0))).changed).toHaveLength(300);
  },
);

it('bars that are removed and added again in turn leave no trace of each turn', { timeout: 120_000 }, async () => {
  const bars = Float64Array.from({ length: 1000 }, (_, bar) => bar);
  for (let turn = 1; turn <= 40; turn += 2) {
    await correct(marketId, turn, { changed: bars, added: NONE });
    await correct(marketId, turn + 1, { changed: NONE, added: bars });
  }
  expect(await rows(marketId)).toBe(1);
  expect(await inOrganisation((tx) => findCorrected(tx, owner.orgId, marketId, 0))).toEqual({
    changed: bars,
    added: NONE,
  });
});

it('while a run is under way, nothing is joined that it may be made on', async () => {
  await correct(marketId, 1, { changed: Float64Array.of(1), added: NONE });
  await run(marketId, 0, false, 'running');
  await correct(marketId, 2, { changed: Float64Array.of(2), added: NONE });
  await correct(marketId, 3, { changed: Float64Array.of(3), added: NONE });
  expect(await rows(marketId)).toBe(3);
  await inOrganisation((tx) => tx.delete(backtests));
  await correct(marketId, 4, { changed: Float64Array.of(4), added: NONE });
  expect(await rows(marketId)).toBe(1);
});

/** What happens to a market of ten bars: some change, go or come; or a run is made on it as it is. */
const step = fc.oneof(
  fc.record({ what: fc.constantFrom('change' as const, 'go' as const, 'come' as const), bits: fc.nat(1023) }),
  fc.record({ what: fc.constantFrom('run' as const, 'feed' as const), bits: fc.constant(0) }),
);

it(
  'whatever is joined, each run is told what was corrected since, as if nothing had been',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const id = await newMarket();
        const kept: (Corrected & { readonly revision: number })[] = [];
        const runs = new Set([0]);
        let there = Float64Array.from({ length: 5 }, (_, bar) => bar);
        let revision = 0;
        for (const { what, bits } of steps) {
          if (what === 'run' || what === 'feed') {
            await run(id, revision, what === 'feed');
            runs.add(revision);
            continue;
          }
          const wanted = Float64Array.from({ length: 10 }, (_, bar) => bar).filter((bar) => (bits >> bar) % 2 === 1);
          const isThere = without(wanted, without(wanted, there));
          const changed = what === 'come' ? NONE : isThere;
          const added = what === 'come' ? without(wanted, there) : NONE;
          if (changed.length + added.length === 0) continue;
          if (what === 'go') there = Float64Array.from(without(there, changed));
          there = Float64Array.from(unionOf(there, added));
          revision += 1;
          kept.push({ revision, changed, added });
          await correct(id, revision, { changed, added });
        }
        for (const since of runs) {
          let sum: Corrected = { changed: NONE, added: NONE };
          for (const row of kept.filter((each) => each.revision > since))
            sum = {
              changed: unionOf(sum.changed, without(row.changed, sum.added)),
              added: unionOf(sum.added, without(row.added, sum.changed)),
            };
          const found = await inOrganisation((tx) => findCorrected(tx, owner.orgId, id, since));
          expect([[...found.changed], [...found.added]]).toEqual([[...sum.changed], [...sum.added]]);
        }
      }),
      { numRuns: 25 },
    );
  },
);
