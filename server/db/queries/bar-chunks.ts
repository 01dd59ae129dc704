import { and, asc, desc, eq, gte, inArray, lte, sql } from 'drizzle-orm';
import type { Bars } from '#core/market/bars.ts';
import type { MarketId, OrgId } from '#core/requests/ids.ts';
import { BARS_PER_CHUNK, unpackBars, unpackTimes, type BarChunk, type Range } from '../bar-chunk.ts';
import type { Tx } from '../database.ts';
import { barChunks, markets } from '../schema/index.ts';
import type { MarketRow } from './markets.ts';

export async function insertBarChunks(
  tx: Tx,
  orgId: OrgId,
  marketId: MarketId,
  chunks: readonly BarChunk[],
): Promise<void> {
  for (const chunk of chunks) await tx.insert(barChunks).values({ orgId, marketId, ...chunk });
}

/** The bars of a market within `from` and `to`, both included, UTC milliseconds. */
export async function loadBars(tx: Tx, market: MarketRow, range: Range = {}): Promise<Bars> {
  const rows = await tx.select().from(barChunks).where(chunksWithin(market, range)).orderBy(asc(barChunks.firstTime));
  return { symbol: market.symbol, timeframe: market.timeframe, ...unpackBars(rows, range) };
}

/**
 * The rows that bars from `from` on stand in, and of which state of their market they are: in one statement, so that
 * both fit.
 */
export function loadChunks(
  tx: Tx,
  market: MarketRow,
  range: Range = {},
): Promise<(BarChunk & Pick<MarketRow, 'revision' | 'corrected'>)[]> {
  return tx
    .select({
      firstTime: barChunks.firstTime,
      count: barChunks.count,
      columns: barChunks.columns,
      leaves: barChunks.leaves,
      revision: markets.revision,
      corrected: markets.corrected,
    })
    .from(barChunks)
    .innerJoin(markets, and(eq(markets.orgId, barChunks.orgId), eq(markets.id, barChunks.marketId)))
    .where(chunksWithin(market, range))
    .orderBy(asc(barChunks.firstTime));
}

type ChunkOfBars = ReturnType<typeof unpackBars>;

/**
 * The same bars chunk by chunk, each read when it is asked for. In a snapshot: between two statements rows may change.
 */
export async function* eachChunk(tx: Tx, market: MarketRow, range: Range = {}): AsyncGenerator<ChunkOfBars> {
  for (const { firstTime } of await listChunks(tx, market, range)) {
    const rows = await tx.select().from(barChunks).where(chunkAt(market, firstTime));
    yield unpackBars(rows, range);
  }
}

/**
 * How many bars there are within a range; of the bars only the times of the first and the last chunk are read. In a
 * snapshot.
 */
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

/** A row without its bars. */
export interface ChunkPlace {
  readonly firstTime: number;
  readonly count: number;
  /** Whether the hashes of its leaves are known. */
  readonly isWhole: boolean;
}

/** The rows that the bars of a range stand in, in order. */
export const listChunks = (tx: Tx, market: MarketRow, range: Range): Promise<ChunkPlace[]> =>
  tx.select(placeOf).from(barChunks).where(chunksWithin(market, range)).orderBy(asc(barChunks.firstTime));

const placeOf = {
  firstTime: barChunks.firstTime,
  count: barChunks.count,
  isWhole: sql<boolean>`${barChunks.leaves} is not null`,
};

/** The last rows of a market, in order. */
export const listLastChunks = async (tx: Tx, market: MarketRow, most: number): Promise<ChunkPlace[]> =>
  (
    await tx.select(placeOf).from(barChunks).where(ofMarket(market)).orderBy(desc(barChunks.firstTime)).limit(most)
  ).reverse();

/** Puts rows into the place of others of a market. */
export async function replaceChunks(
  tx: Tx,
  { orgId, id: marketId }: Pick<MarketRow, 'orgId' | 'id'>,
  before: readonly Pick<ChunkPlace, 'firstTime'>[],
  after: readonly BarChunk[],
): Promise<void> {
  const gone = before.map(({ firstTime }) => firstTime);
  if (gone.length > 0)
    await tx
      .delete(barChunks)
      .where(and(eq(barChunks.orgId, orgId), eq(barChunks.marketId, marketId), inArray(barChunks.firstTime, gone)));
  await insertBarChunks(tx, orgId, marketId, after);
}

/** The bars of some rows of a market, in order. */
export async function loadChunkBars(
  tx: Tx,
  market: MarketRow,
  places: readonly Pick<ChunkPlace, 'firstTime'>[],
): Promise<ChunkOfBars> {
  if (places.length === 0) return unpackBars([], {});
  const rows = await tx
    .select()
    .from(barChunks)
    .where(
      and(
        ofMarket(market),
        inArray(
          barChunks.firstTime,
          places.map(({ firstTime }) => firstTime),
        ),
      ),
    )
    .orderBy(asc(barChunks.firstTime));
  return unpackBars(rows, {});
}

const ofMarket = ({ orgId, id }: MarketRow) => and(eq(barChunks.orgId, orgId), eq(barChunks.marketId, id));

export const chunkAt = (market: MarketRow, firstTime: number) =>
  and(ofMarket(market), eq(barChunks.firstTime, firstTime));

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

/**
 * When the bar of a number opens, of a market whose rows are `places`; null when there is no such bar. One row is read.
 */
export async function findTimeOfBar(
  tx: Tx,
  market: MarketRow,
  places: readonly ChunkPlace[],
  bar: number,
): Promise<number | null> {
  let before = 0;
  for (const { firstTime, count } of places) {
    if (bar < before + count) {
      const rows = await tx.select(timesOf).from(barChunks).where(chunkAt(market, firstTime));
      return unpackTimes(rows, {})[bar - before] ?? null;
    }
    before += count;
  }
  return null;
}

/** The same times chunk by chunk, each read when it is asked for. In a snapshot. */
export async function* eachTimes(tx: Tx, market: MarketRow, range: Range = {}): AsyncGenerator<Float64Array> {
  for (const { firstTime } of await listChunks(tx, market, range))
    yield unpackTimes(await tx.select(timesOf).from(barChunks).where(chunkAt(market, firstTime)), range);
}

export function chunksWithin(market: MarketRow, { from, to }: Range) {
  // The row that `from` falls into began before it.
  const firstRow =
    from === undefined
      ? undefined
      : gte(
          barChunks.firstTime,
          sql`coalesce((select max(${barChunks.firstTime}) from ${barChunks} where ${ofMarket(market)}
            and ${barChunks.firstTime} <= ${from}), ${from})`,
        );
  return and(ofMarket(market), firstRow, to === undefined ? undefined : lte(barChunks.firstTime, to));
}

/** The newest bars of a market, `count` at the most. */
export async function loadLastBars(tx: Tx, market: MarketRow, count: number): Promise<Bars> {
  // Rows have any number of bars. A limit would need all of them summed up; the last rows are few.
  const places = await listLastChunks(tx, market, 2 + Math.ceil((4 * count) / BARS_PER_CHUNK));
  let [first, bars] = [places.length, 0];
  while (first > 0 && bars < count) bars += places[--first]?.count ?? 0;
  const known = bars >= count || places.length === 0 ? places.slice(first) : await listChunks(tx, market, {});
  const { length, ...columns } = await loadChunkBars(tx, market, known);
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
