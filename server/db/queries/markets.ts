import { and, asc, count, eq, getTableColumns, inArray, isNotNull, sql } from 'drizzle-orm';
import { timeframeLength } from '#core/market/timeframe.ts';
import type { MarketId, OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { backtests, bots, instruments, markets, sweeps } from '../schema/index.ts';

export type MarketRow = typeof markets.$inferSelect;
export type InstrumentRow = typeof instruments.$inferSelect;

function listMarkets(tx: Tx, orgId: OrgId): Promise<MarketRow[]> {
  return tx.select().from(markets).where(eq(markets.orgId, orgId)).orderBy(asc(markets.symbol), asc(markets.timeframe));
}

/** The same with what is known of their instruments. */
export const listSeries = (tx: Tx, orgId: OrgId) =>
  tx
    .select({ ...getTableColumns(markets), instrument: instruments })
    .from(markets)
    .innerJoin(instruments, ofSymbol)
    .where(eq(markets.orgId, orgId))
    .orderBy(asc(markets.symbol), asc(markets.timeframe));

/** Joins a market to its instrument. */
export const ofSymbol = and(eq(instruments.orgId, markets.orgId), eq(instruments.symbol, markets.symbol));

export async function findMarket(tx: Tx, orgId: OrgId, id: MarketId): Promise<MarketRow | null> {
  const [row] = await tx
    .select()
    .from(markets)
    .where(and(eq(markets.orgId, orgId), eq(markets.id, id)));
  return row ?? null;
}

/**
 * The same, locked until the transaction ends. `no key update`: nobody else changes the bars, and nobody who waits for
 * their end looks at the market. `share`: nobody changes the bars. `key share`: nobody removes the market, which is all
 * that those are kept from who have yet to look at its bars.
 */
export async function lockMarket(
  tx: Tx,
  orgId: OrgId,
  id: MarketId,
  strength: 'no key update' | 'share' | 'key share' = 'no key update',
): Promise<MarketRow | null> {
  const [row] = await tx
    .select()
    .from(markets)
    .where(and(eq(markets.orgId, orgId), eq(markets.id, id)))
    .for(strength);
  return row ?? null;
}

export async function findInstrument(tx: Tx, orgId: OrgId, symbol: string): Promise<InstrumentRow | null> {
  const [row] = await tx
    .select()
    .from(instruments)
    .where(and(eq(instruments.orgId, orgId), eq(instruments.symbol, symbol)));
  return row ?? null;
}

type NewMarket = typeof markets.$inferInsert & Pick<typeof instruments.$inferInsert, 'name' | 'currency'>;

/**
 * With its instrument, unless the organisation has that. Null when the organisation has this symbol at this timeframe
 * already.
 */
export async function insertMarket(tx: Tx, { name, currency, ...market }: NewMarket): Promise<MarketId | null> {
  const { orgId, symbol } = market;
  await tx.insert(instruments).values({ orgId, symbol, name, currency }).onConflictDoNothing();
  const [row] = await tx.insert(markets).values(market).onConflictDoNothing().returning({ id: markets.id });
  return row?.id ?? null;
}

export async function updateMarket(
  tx: Tx,
  { orgId, id }: Pick<MarketRow, 'orgId' | 'id'>,
  change: Partial<MarketRow>,
): Promise<void> {
  await tx
    .update(markets)
    .set(change)
    .where(and(eq(markets.orgId, orgId), eq(markets.id, id)));
}

export async function updateInstrument(
  tx: Tx,
  { orgId, symbol }: Pick<InstrumentRow, 'orgId' | 'symbol'>,
  change: Partial<InstrumentRow>,
): Promise<void> {
  await tx
    .update(instruments)
    .set(change)
    .where(and(eq(instruments.orgId, orgId), eq(instruments.symbol, symbol)));
}

/**
 * The other markets that a formula, as JSON text, may read through its feeds: one a symbol, of several that with the
 * shortest bars, since all longer ones can be made of them.
 */
export async function listFeedMarkets(tx: Tx, { orgId, symbol }: MarketRow, formula: string): Promise<MarketRow[]> {
  if (!formula.includes('"feed"')) return [];
  const texts = new Set(Array.from(formula.matchAll(TEXT), ([text]) => text));
  return shortestOfEach(
    (await listMarkets(tx, orgId)).filter(
      (other) => other.symbol !== symbol && texts.has(JSON.stringify(other.symbol)),
    ),
  );
}

/** A text in JSON, with its quotes. */
const TEXT = /"(?:[^"\\]|\\.)*"/g;

/** The same for a formula of which the symbols are known. */
export async function listMarketsOf(
  tx: Tx,
  { orgId, symbol }: Pick<MarketRow, 'orgId' | 'symbol'>,
  symbols: readonly string[],
): Promise<MarketRow[]> {
  const others = symbols.filter((other) => other !== symbol);
  if (others.length === 0) return [];
  return shortestOfEach(
    await tx
      .select()
      .from(markets)
      .where(and(eq(markets.orgId, orgId), inArray(markets.symbol, others)))
      .orderBy(asc(markets.symbol), asc(markets.timeframe)),
  );
}

function shortestOfEach(mentioned: readonly MarketRow[]): MarketRow[] {
  const longestFirst = mentioned.toSorted((a, b) => timeframeLength(b.timeframe) - timeframeLength(a.timeframe));
  return [...new Map(longestFirst.map((market) => [market.symbol, market])).values()];
}

/** How many backtests, sweeps and bots stand on a market. */
export async function countUses(
  tx: Tx,
  marketId: MarketId,
): Promise<{ backtests: number; sweeps: number; bots: number }> {
  const [ofBacktests] = await tx.select({ uses: count() }).from(backtests).where(eq(backtests.marketId, marketId));
  const [ofSweeps] = await tx.select({ uses: count() }).from(sweeps).where(eq(sweeps.marketId, marketId));
  const [ofBots] = await tx.select({ uses: count() }).from(bots).where(eq(bots.marketId, marketId));
  return { backtests: ofBacktests?.uses ?? 0, sweeps: ofSweeps?.uses ?? 0, bots: ofBots?.uses ?? 0 };
}

/** How many backtests and sweeps were made on bars of a span, and how many bots have begun on the market. */
export async function countStanding(
  tx: Tx,
  { orgId, id }: Pick<MarketRow, 'orgId' | 'id'>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ runs: number; bots: number }> {
  const madeOn = (runs: typeof backtests | typeof sweeps) =>
    and(
      eq(runs.orgId, orgId),
      eq(runs.marketId, id),
      sql`(${runs.madeOn} ->> 'first')::numeric <= ${to}::numeric`,
      sql`(${runs.madeOn} ->> 'last')::numeric >= ${from}::numeric`,
    );
  const ofBacktests = await tx.$count(backtests, madeOn(backtests));
  const ofSweeps = await tx.$count(sweeps, madeOn(sweeps));
  const begun = await tx.$count(bots, and(eq(bots.orgId, orgId), eq(bots.marketId, id), isNotNull(bots.nextBar)));
  return { runs: ofBacktests + ofSweeps, bots: begun };
}

/** With its instrument, when that has no other market. */
export async function deleteMarket(tx: Tx, { orgId, id, symbol }: MarketRow): Promise<void> {
  await tx.delete(markets).where(and(eq(markets.orgId, orgId), eq(markets.id, id)));
  await tx
    .delete(instruments)
    .where(
      and(
        eq(instruments.orgId, orgId),
        eq(instruments.symbol, symbol),
        sql`not exists (select from ${markets} where ${markets.orgId} = ${orgId} and ${markets.symbol} = ${symbol})`,
      ),
    );
}
