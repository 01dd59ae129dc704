import { and, asc, count, desc, eq, gte, inArray, lte, sql } from 'drizzle-orm';
import type { Bars } from '#core/market/bars.ts';
import { timeframeLength } from '#core/market/timeframe.ts';
import { BARS_PER_CHUNK, unpackBars, unpackTimes, type BarChunk, type Range } from '../bar-chunk.ts';
import type { Tx } from '../database.ts';
import { backtests, barChunks, bots, markets, sweeps } from '../schema/index.ts';

export type MarketRow = typeof markets.$inferSelect;

export function listMarkets(tx: Tx, orgId: string): Promise<MarketRow[]> {
  return tx.select().from(markets).where(eq(markets.orgId, orgId)).orderBy(asc(markets.symbol), asc(markets.timeframe));
}

export async function findMarket(tx: Tx, orgId: string, id: string): Promise<MarketRow | null> {
  const [row] = await tx
    .select()
    .from(markets)
    .where(and(eq(markets.orgId, orgId), eq(markets.id, id)));
  return row ?? null;
}

/** Null when the organisation has this symbol at this timeframe already. */
export async function insertMarket(tx: Tx, market: typeof markets.$inferInsert): Promise<string | null> {
  const [row] = await tx.insert(markets).values(market).onConflictDoNothing().returning({ id: markets.id });
  return row?.id ?? null;
}

export async function insertBarChunks(
  tx: Tx,
  orgId: string,
  marketId: string,
  chunks: readonly BarChunk[],
): Promise<void> {
  for (const chunk of chunks) await tx.insert(barChunks).values({ orgId, marketId, ...chunk });
}

/** The bars of a market within `from` and `to`, both included, UTC milliseconds. */
export async function loadBars(tx: Tx, market: MarketRow, range: Range = {}): Promise<Bars> {
  const rows = await tx.select().from(barChunks).where(chunksWithin(market, range)).orderBy(asc(barChunks.firstTime));
  return { symbol: market.symbol, timeframe: market.timeframe, ...unpackBars(rows, range) };
}

type ChunkOfBars = ReturnType<typeof unpackBars>;

/** The same bars chunk by chunk, each read when it is asked for. */
export async function* eachChunk(tx: Tx, market: MarketRow, range: Range = {}): AsyncGenerator<ChunkOfBars> {
  for (const { firstTime } of await listChunks(tx, market, range)) {
    const rows = await tx.select().from(barChunks).where(chunkAt(market, firstTime));
    yield unpackBars(rows, range);
  }
}

/** How many bars there are within a range; of the bars only the times of the first and the last chunk are read. */
export async function countBars(tx: Tx, market: MarketRow, range: Range = {}): Promise<number> {
  const chunks = await listChunks(tx, market, range);
  let bars = 0;
  for (const [index, chunk] of chunks.entries()) {
    const isEdge = index === 0 || index === chunks.length - 1;
    bars += isEdge
      ? unpackTimes(await tx.select(timesOf).from(barChunks).where(chunkAt(market, chunk.firstTime)), range).length
      : chunk.count;
  }
  return bars;
}

const listChunks = (tx: Tx, market: MarketRow, range: Range): Promise<{ firstTime: number; count: number }[]> =>
  tx
    .select({ firstTime: barChunks.firstTime, count: barChunks.count })
    .from(barChunks)
    .where(chunksWithin(market, range))
    .orderBy(asc(barChunks.firstTime));

const chunkAt = (market: MarketRow, firstTime: number) =>
  and(eq(barChunks.orgId, market.orgId), eq(barChunks.marketId, market.id), eq(barChunks.firstTime, firstTime));

const timesOf = {
  count: barChunks.count,
  times: sql<Uint8Array>`substring(${barChunks.columns} from 1 for 8 * ${barChunks.count})`,
};

/** Their times alone, a sixth of what `loadBars` reads. */
export async function loadTimes(tx: Tx, market: MarketRow, range: Range = {}): Promise<Float64Array> {
  const rows = await tx
    .select(timesOf)
    .from(barChunks)
    .where(chunksWithin(market, range))
    .orderBy(asc(barChunks.firstTime));
  return unpackTimes(rows, range);
}

/** The same times chunk by chunk, each read when it is asked for. */
export async function* eachTimes(tx: Tx, market: MarketRow, range: Range = {}): AsyncGenerator<Float64Array> {
  for (const { firstTime } of await listChunks(tx, market, range))
    yield unpackTimes(await tx.select(timesOf).from(barChunks).where(chunkAt(market, firstTime)), range);
}

function chunksWithin(market: MarketRow, { from, to }: Range) {
  const ofMarket = and(eq(barChunks.orgId, market.orgId), eq(barChunks.marketId, market.id));
  // The row that `from` falls into began before it.
  const firstRow =
    from === undefined
      ? undefined
      : gte(
          barChunks.firstTime,
          sql`coalesce((select max(${barChunks.firstTime}) from ${barChunks} where ${ofMarket} and ${barChunks.firstTime} <= ${from}), ${from})`,
        );
  return and(ofMarket, firstRow, to === undefined ? undefined : lte(barChunks.firstTime, to));
}

/**
 * The other markets that a formula, as JSON text, may read through its feeds: one a symbol, of several that with the shortest bars, since all longer
 * ones can be made of them.
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

/** The newest bars of a market, `count` at the most. */
export async function loadLastBars(tx: Tx, market: MarketRow, count: number): Promise<Bars> {
  // All rows but the last are full.
  const rows = await tx
    .select()
    .from(barChunks)
    .where(and(eq(barChunks.orgId, market.orgId), eq(barChunks.marketId, market.id)))
    .orderBy(desc(barChunks.firstTime))
    .limit(Math.ceil(count / BARS_PER_CHUNK) + 1);
  const { length, ...columns } = unpackBars(rows.reverse(), {});
  const last = (column: Float64Array): Float64Array => column.subarray(Math.max(0, length - count));
  const { time, open, high, low, close, volume } = columns;
  return {
    symbol: market.symbol,
    timeframe: market.timeframe,
    length: Math.min(length, count),
    time: last(time),
    open: last(open),
    high: last(high),
    low: last(low),
    close: last(close),
    volume: last(volume),
  };
}

/** How many backtests, sweeps and bots stand on a market. */
export async function countUses(
  tx: Tx,
  marketId: string,
): Promise<{ backtests: number; sweeps: number; bots: number }> {
  const [ofBacktests] = await tx.select({ uses: count() }).from(backtests).where(eq(backtests.marketId, marketId));
  const [ofSweeps] = await tx.select({ uses: count() }).from(sweeps).where(eq(sweeps.marketId, marketId));
  const [ofBots] = await tx.select({ uses: count() }).from(bots).where(eq(bots.marketId, marketId));
  return { backtests: ofBacktests?.uses ?? 0, sweeps: ofSweeps?.uses ?? 0, bots: ofBots?.uses ?? 0 };
}

export async function deleteMarket(tx: Tx, orgId: string, id: string): Promise<void> {
  await tx.delete(markets).where(and(eq(markets.orgId, orgId), eq(markets.id, id)));
}
