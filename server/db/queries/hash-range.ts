import { asc, sql } from 'drizzle-orm';
import { unpackBars, unpackTimes, type Range } from '../bar-chunk.ts';
import { RangeHasher } from '../bar-leaves.ts';
import type { Tx } from '../database.ts';
import { barChunks } from '../schema/index.ts';
import { chunkAt, chunksWithin } from './bar-chunks.ts';
import type { MarketRow } from './markets.ts';

export interface HashedRange {
  readonly hash: string;
  /** When the first and the last of its bars open. */
  readonly first: number;
  readonly last: number;
}

/**
 * What the bars within a range hash to; null when there are none. Read are the rows that the range cuts, and those that
 * are no whole leaves. In a snapshot, or while the market is locked.
 */
export async function hashRange(
  tx: Tx,
  market: MarketRow,
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Range,
): Promise<HashedRange | null> {
  const range = { from: Number.isFinite(from) ? from : undefined, to: Number.isFinite(to) ? to : undefined };
  const rows = await tx
    .select({
      firstTime: barChunks.firstTime,
      lastTime: sql<Uint8Array>`substring(${barChunks.columns} from 8 * ${barChunks.count} - 7 for 8)`,
      leaves: barChunks.leaves,
    })
    .from(barChunks)
    .where(chunksWithin(market, range))
    .orderBy(asc(barChunks.firstTime));
  const hasher = new RangeHasher();
  let [first, last] = [Number.NaN, Number.NaN];
  const extend = (start: number, end: number): void => {
    if (Number.isNaN(first)) first = start;
    last = end;
  };
  for (const row of rows) {
    const lastTime = unpackTimes([{ count: 1, times: row.lastTime }], {})[0] ?? Number.NaN;
    if (row.leaves && row.firstTime >= from && lastTime <= to) {
      hasher.addLeaves(row.leaves);
      extend(row.firstTime, lastTime);
      continue;
    }
    const { length, ...bars } = unpackBars(
      await tx.select().from(barChunks).where(chunkAt(market, row.firstTime)),
      range,
    );
    hasher.add(bars, 0, length);
    if (length > 0) extend(bars.time[0] ?? Number.NaN, bars.time[length - 1] ?? Number.NaN);
  }
  return Number.isNaN(first) ? null : { hash: hasher.digest(), first, last };
}
