import type { Bars } from '#core/market/bars.ts';

/**
 * The bar that is being traded. Its values are fetched when they are asked for: most are not, and memory that is far
 * away costs more than a trade.
 */
export class BarCursor {
  at = -1;
  readonly #bars: Pick<Bars, 'time' | 'open' | 'high' | 'low' | 'close'>;

  constructor(bars: Pick<Bars, 'time' | 'open' | 'high' | 'low' | 'close'>) {
    this.#bars = bars;
  }

  get time(): number {
    return this.#bars.time[this.at] ?? Number.NaN;
  }

  get open(): number {
    return this.#bars.open[this.at] ?? Number.NaN;
  }

  get high(): number {
    return this.#bars.high[this.at] ?? Number.NaN;
  }

  get low(): number {
    return this.#bars.low[this.at] ?? Number.NaN;
  }

  get close(): number {
    return this.#bars.close[this.at] ?? Number.NaN;
  }
}
