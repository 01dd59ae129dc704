import { indexFrom } from '#core/market/index-from.ts';
import { packBars } from '../bar-chunk.ts';
import { beginsLeaf } from '../bar-leaves.ts';
import type { Tx } from '../database.ts';
import { listChunks, loadChunkBars, replaceChunks, type ChunkPlace } from './bar-chunks.ts';
import { cutColumns, joinBars } from './change-bars.ts';
import type { MarketRow } from './markets.ts';

/** Times in UTC milliseconds, both included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Takes the bars of a span away, not all of a market. The market is locked, and its rows are settled. Bars on both
 * sides of the span are packed together, from where a leaf begins to where another one does, since a leaf may now go on
 * behind the span; nothing between is read. Gives the times of the first and the last bar that are left.
 */
export async function cutBars(
  tx: Tx,
  market: MarketRow,
  { from, to }: Span,
): Promise<Pick<MarketRow, 'firstTime' | 'lastTime'>> {
  const rows = await listChunks(tx, market, {});
  const { start, end } = touchedBy(rows, { from, to });
  const touched = rows.slice(start, end);
  const before = await loadChunkBars(
    tx,
    market,
    touched.filter(({ firstTime }) => firstTime < from),
  );
  // The last row that begins by the end of the span may go on behind the span, and so do all rows after.
  const last = touched.findLastIndex(({ firstTime }) => firstTime <= to);
  const after = await loadChunkBars(tx, market, touched.slice(Math.max(0, last)));
  const left = joinBars(
    cutColumns(before, 0, indexFrom(before.time, from)),
    cutColumns(after, indexFrom(after.time, to + 1), after.length),
  );
  const isOpen = end === rows.length;
  await replaceChunks(tx, market, touched, packBars(left, left.length, { isFirst: start === 0, isOpen }));
  return {
    firstTime: start > 0 ? market.firstTime : (left.time[0] ?? rows[end]?.firstTime ?? market.firstTime),
    lastTime: isOpen ? (left.time[left.length - 1] ?? market.lastTime) : market.lastTime,
  };
}

/**
 * The rows that are written anew: those of the span, and those before and behind that share a leaf with what is left of
 * them.
 */
function touchedBy(rows: readonly ChunkPlace[], { from, to }: Span): { readonly start: number; readonly end: number } {
  const timeOf = (row: number): number => rows[row]?.firstTime ?? 0;
  // Where the first bar of a row goes, the row before has the bar that is now before the rest.
  let start = Math.max(
    0,
    rows.findLastIndex(({ firstTime }) => firstTime < from),
  );
  while (start > 0 && !beginsLeaf(timeOf(start))) start -= 1;
  let end = rows.findLastIndex(({ firstTime }) => firstTime <= to) + 1;
  while (end < rows.length && !beginsLeaf(timeOf(end))) end += 1;
  return { start, end };
}
