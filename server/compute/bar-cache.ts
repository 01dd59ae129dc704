import { barsPerYearOf } from '#core/market/bars-per-year.ts';
import { BAR_COLUMNS, type BarColumn, type Bars } from '#core/market/bars.ts';
import { unpackBars } from '#server/db/bar-chunk.ts';
import type { Tx } from '#server/db/database.ts';
import { loadChunks } from '#server/db/queries/bar-chunks.ts';
import type { MarketRow } from '#server/db/queries/markets.ts';
import { knownLeaves, type HashedBars, type KnownLeaves } from './known-leaves.ts';

/**
 * Bars of a market as they are at a revision. They never change: a later revision has bars of its own, or sees more of
 * the same memory.
 */
export interface HeldBars extends HashedBars {
  readonly leaves: KnownLeaves;
  readonly revision: number;
  readonly corrected: number;
}

/** Columns with room for bars to come. */
type Room = Readonly<Record<BarColumn, Float64Array>>;

interface Entry {
  readonly bars: HeldBars;
  readonly room: Room;
}

/**
 * Bars of markets in shared memory, the least recently used forgotten. What was appended since is all that is loaded; a
 * correction loads all.
 */
export class BarCache {
  readonly #entries = new Map<string, Entry>();
  readonly #mostBars: number;
  readonly #loading = new Map<string, Promise<Entry>>();
  #size = 0;

  constructor(mostBars = 20_000_000) {
    this.#mostBars = mostBars;
  }

  /** The bars of the market at its revision, or at a later one. */
  async load(tx: Tx, market: MarketRow): Promise<HeldBars> {
    // A load under way is shared. Another's transaction may fail, which is no reason for this one to fail.
    const loading = this.#loading.get(market.id);
    if (loading) await loading.catch(() => null);
    const known = this.#entries.get(market.id);
    const entry = known && known.bars.revision >= market.revision ? known : await this.#loadNow(tx, market);
    this.#keep(market.id, entry);
    return entry.bars;
  }

  #keep(id: string, entry: Entry): void {
    const before = this.#entries.get(id);
    // A later one came meanwhile.
    const newest = before && before.bars.revision > entry.bars.revision ? before : entry;
    // Reinserted, so that the first key is always the one unused for longest.
    this.#entries.delete(id);
    this.#entries.set(id, newest);
    this.#size += sizeOf(newest) - (before ? sizeOf(before) : 0);
    for (const [oldest, other] of this.#entries) {
      if (this.#size <= this.#mostBars || oldest === id) break;
      this.#entries.delete(oldest);
      this.#size -= sizeOf(other);
    }
  }

  async #loadNow(tx: Tx, market: MarketRow): Promise<Entry> {
    const loading = loadEntry(tx, market, this.#entries.get(market.id));
    this.#loading.set(market.id, loading);
    try {
      return await loading;
    } finally {
      if (this.#loading.get(market.id) === loading) this.#loading.delete(market.id);
    }
  }
}

const sizeOf = ({ room }: Entry): number => room.time.length;

async function loadEntry(tx: Tx, market: MarketRow, before: Entry | undefined): Promise<Entry> {
  const { symbol, timeframe } = market;
  const last = before?.bars.time[before.bars.length - 1];
  if (before && last !== undefined && before.bars.corrected === market.corrected) {
    const rows = await loadChunks(tx, market, { from: last + 1 });
    const [state] = rows;
    if (state?.corrected === before.bars.corrected) {
      const more = unpackBars(rows, { from: last + 1 });
      const start = before.bars.length + more.length - rows.reduce((sum, { count }) => sum + count, 0);
      return entryOf(extend(before, more), {
        symbol,
        timeframe,
        length: before.bars.length + more.length,
        leaves: knownLeaves(rows, start, before.bars.leaves),
        revision: state.revision,
        corrected: state.corrected,
      });
    }
  }
  const rows = await loadChunks(tx, market);
  const [state = market] = rows;
  const { length, ...columns } = unpackBars(rows, {});
  const { revision, corrected } = state;
  const leaves = knownLeaves(rows);
  return entryOf(copyTo(roomFor(length), columns, 0), { symbol, timeframe, length, leaves, revision, corrected });
}

function entryOf(room: Room, held: Omit<HeldBars, keyof Room>): Entry {
  const { time, open, high, low, close, volume } = room;
  const view = (column: Float64Array): Float64Array => column.subarray(0, held.length);
  return {
    room,
    bars: {
      ...held,
      time: view(time),
      open: view(open),
      high: view(high),
      low: view(low),
      close: view(close),
      volume: view(volume),
    },
  };
}

/**
 * Columns that go on with more bars: in the room that is left behind the last one, which nobody sees who has the bars
 * before, or in new room with an eighth to spare. Room is left only once bars have come: most series never grow.
 */
function extend({ bars, room }: Entry, more: ReturnType<typeof unpackBars>): Room {
  const length = bars.length + more.length;
  const larger = length <= room.time.length ? room : copyTo(roomFor(length + (length >>> 3) + 64), bars, 0);
  return copyTo(larger, more, bars.length);
}

function roomFor(bars: number): Room {
  const column = (): Float64Array => new Float64Array(new SharedArrayBuffer(bars * 8));
  return { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}

function copyTo(room: Room, from: Room, at: number): Room {
  for (const name of BAR_COLUMNS) room[name].set(from[name], at);
  return room;
}

/** The bars from `start` up to `end`: views, no copies. A part annualises by all bars of its market. */
export function sliceBars(bars: Bars, start: number, end: number): Bars {
  const { symbol, timeframe } = bars;
  const view = (column: Float64Array): Float64Array => column.subarray(start, end);
  return {
    symbol,
    timeframe,
    barsPerYear: bars.barsPerYear ?? barsPerYearOf(bars),
    length: end - start,
    time: view(bars.time),
    open: view(bars.open),
    high: view(bars.high),
    low: view(bars.low),
    close: view(bars.close),
    volume: view(bars.volume),
  };
}
