import { BAR_COLUMNS, type Bars } from '#core/market/bars.ts';
import { indexFrom } from '#core/market/index-from.ts';
import type { Tx } from '#server/db/database.ts';
import { loadBars, type MarketRow } from '#server/db/queries/markets.ts';
import { shareBars } from './share-bars.ts';

/** Bars of markets in shared memory, the least recently used forgotten. By market and hash of its bars. */
export class BarCache {
  readonly #entries = new Map<string, Bars>();
  readonly #mostBars: number;
  #size = 0;

  constructor(mostBars = 20_000_000) {
    this.#mostBars = mostBars;
  }

  async load(tx: Tx, market: MarketRow): Promise<Bars> {
    const key = `${market.id} ${market.dataHash}`;
    const known = this.#entries.get(key);
    const bars = known ?? shareBars(await loadBars(tx, market));
    // Reinserted, so that the first key is always the one unused for longest.
    const had = this.#entries.delete(key);
    this.#entries.set(key, bars);
    if (!had) this.#size += bars.length;
    for (const [oldest, { length }] of this.#entries) {
      if (this.#size <= this.#mostBars || oldest === key) break;
      this.#entries.delete(oldest);
      this.#size -= length;
    }
    return bars;
  }
}

/** The bars from `from` to `to`, both included: views, no copies. */
export function cutBars(bars: Bars, from: number | null, to: number | null): Bars {
  const start = from === null ? 0 : indexFrom(bars.time, from);
  const end = to === null ? bars.length : indexFrom(bars.time, to + 1);
  if (start === 0 && end === bars.length) return bars;
  const length = Math.max(0, end - start);
  return {
    ...bars,
    length,
    ...Object.fromEntries(BAR_COLUMNS.map((name) => [name, bars[name].subarray(start, start + length)])),
  };
}
