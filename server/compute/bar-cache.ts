import { BAR_COLUMNS, type Bars } from '#core/market/bars.ts';
import { indexFrom } from '#core/market/index-from.ts';
import type { Tx } from '#server/db/database.ts';
import { loadBars, type MarketRow } from '#server/db/queries/markets.ts';
import { shareBars } from './share-bars.ts';

/** Bars of markets in shared memory, the least recently used forgotten. By market and hash of its bars. */
export class BarCache {
  readonly #entries = new Map<string, Bars>();
  readonly #mostBars: number;
  readonly #loading = new Map<string, Promise<Bars>>();
  #size = 0;

  constructor(mostBars = 20_000_000) {
    this.#mostBars = mostBars;
  }

  async load(tx: Tx, market: MarketRow): Promise<Bars> {
    const key = `${market.id} ${market.dataHash}`;
    // A load under way is shared. Another's transaction may fail, which is no reason for this one to fail.
    const loading = this.#loading.get(key);
    const known = this.#entries.get(key) ?? (loading && (await loading.catch(() => null)));
    const bars = known ?? (await this.#loadNow(tx, market, key));
    // Reinserted, so that the first key is always the one unused for longest.
    if (!this.#entries.delete(key)) this.#size += bars.length;
    this.#entries.set(key, bars);
    for (const [oldest, { length }] of this.#entries) {
      if (this.#size <= this.#mostBars || oldest === key) break;
      this.#entries.delete(oldest);
      this.#size -= length;
    }
    return bars;
  }

  async #loadNow(tx: Tx, market: MarketRow, key: string): Promise<Bars> {
    const loading = loadBars(tx, market).then(shareBars);
    this.#loading.set(key, loading);
    try {
      return await loading;
    } finally {
      if (this.#loading.get(key) === loading) this.#loading.delete(key);
    }
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
