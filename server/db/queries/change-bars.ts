import type { BarColumn, Bars } from '#core/market/bars.ts';
import { BARS_PER_CHUNK, packBars } from '../bar-chunk.ts';
import { beginsLeaf } from '../bar-leaves.ts';
import type { Tx } from '../database.ts';
import { listChunks, listLastChunks, loadChunkBars, replaceChunks, type ChunkPlace } from './bar-chunks.ts';
import type { MarketRow } from './markets.ts';

export type ManyBars = Pick<Bars, BarColumn> & { readonly length: number };

/**
 * The last row is written anew for each bar that comes, as long as it has no more bars than this: then it joins the row
 * before it.
 */
const TAIL = 256;

/** Adds bars behind the last one. The market is locked. Writes 6 KB for a bar on average, whatever the market has. */
export async function appendBars(tx: Tx, market: MarketRow, bars: ManyBars): Promise<void> {
  if (bars.length === 0) return;
  const rows = await listLastChunks(tx, market, 3);
  const joined = joinedBy(rows, bars.length);
  const before = await loadChunkBars(tx, market, joined);
  const all = joinBars(before, bars);
  const isFirst = joined.length === rows.length && rows.length < 3;
  await replaceChunks(tx, market, joined, packBars(all, all.length, { isFirst, isOpen: true }));
}

/** The last rows, to which so many bars more are written anew. */
function joinedBy(rows: readonly ChunkPlace[], more: number): readonly ChunkPlace[] {
  const [tail, main] = [rows.at(-1), rows.at(-2)];
  if (!tail) return [];
  if (tail.count + more <= TAIL) return [tail];
  const isOpen = (row: ChunkPlace | undefined): boolean =>
    row !== undefined && !row.isWhole && row.count < BARS_PER_CHUNK;
  if (tail.count <= TAIL) return isOpen(main) && main ? [main, tail] : [tail];
  return more > TAIL && isOpen(tail) ? [tail] : [];
}

export function joinBars(first: ManyBars, second: ManyBars): ManyBars {
  const column = (name: BarColumn): Float64Array => {
    const joined = new Float64Array(first.length + second.length);
    joined.set(first[name].subarray(0, first.length));
    joined.set(second[name].subarray(0, second.length), first.length);
    return joined;
  };
  return {
    length: first.length + second.length,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

export const cutColumns = (bars: ManyBars, from: number, to: number): ManyBars => {
  const [start, end] = [Math.min(from, bars.length), Math.min(to, bars.length)];
  const { time, open, high, low, close, volume } = bars;
  const cut = (column: Float64Array): Float64Array => column.subarray(start, end);
  return {
    length: end - start,
    time: cut(time),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume),
  };
};

interface RowChanges {
  /** By the number of the row among all rows. */
  isChanged(row: number): boolean;
  /** The bars of a changed row as they are to be. */
  change(row: number, bars: ManyBars): ManyBars;
}

/**
 * Writes the rows anew that change. Rows that share a leaf with one of them are packed with it. The market is locked.
 */
export async function rewriteRows(
  tx: Tx,
  market: MarketRow,
  rows: readonly ChunkPlace[],
  changes: RowChanges,
): Promise<void> {
  for (let row = 0; row < rows.length;) {
    let [start, end] = [row, row + 1];
    while (end < rows.length && !beginsLeaf(rows[end]?.firstTime ?? 0)) end += 1;
    // Rows from the beginning of a leaf to the beginning of another one.
    const group = rows.slice(start, end);
    row = end;
    if (!group.some((_, place) => changes.isChanged(start + place))) continue;
    let bars: ManyBars = emptyBars();
    for (const [place, one] of group.entries()) {
      const known = await loadChunkBars(tx, market, [one]);
      const next = changes.isChanged(start + place) ? changes.change(start + place, known) : known;
      bars = bars.length === 0 ? next : joinBars(bars, next);
    }
    await replaceChunks(
      tx,
      market,
      group,
      packBars(bars, bars.length, { isFirst: start === 0, isOpen: end === rows.length }),
    );
    start = end;
  }
}

const emptyBars = (): ManyBars => {
  const none = new Float64Array(0);
  return { length: 0, time: none, open: none, high: none, low: none, close: none, volume: none };
};

/**
 * Cuts a series that is older than leaves are into rows of whole leaves, once: two rows at a time are in memory. The
 * market is locked. False when there is nothing to do.
 */
export async function settleRows(tx: Tx, market: MarketRow): Promise<boolean> {
  const rows = await listChunks(tx, market, {});
  if (!isUnsettled(rows)) return false;
  let carried: ManyBars = emptyBars();
  let isFirst = true;
  for (const [index, row] of rows.entries()) {
    const bars = joinBars(carried, await loadChunkBars(tx, market, [row]));
    const isLast = index === rows.length - 1;
    const packed = packBars(bars, bars.length, { isFirst, isOpen: true });
    const ready = isLast ? packed : packed.slice(0, -1);
    await replaceChunks(tx, market, [row], ready);
    const count = ready.reduce((sum, chunk) => sum + chunk.count, 0);
    if (count > 0) isFirst = false;
    carried = cutColumns(bars, count, bars.length);
  }
  return true;
}

/** The first row of whole leaves is that which every other series begins with, but for the shortest ones. */
export const isUnsettled = (rows: readonly ChunkPlace[]): boolean => rows.length > 2 && rows[0]?.isWhole === false;
