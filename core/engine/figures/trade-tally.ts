/** What the trades of a run have to say. */
export interface TradeFigures {
  readonly trades: number;
  /** Trades with a net profit above 0. */
  readonly wins: number;
  /** Trades with a net loss; one that breaks even is neither. */
  readonly defeats: number;
  /** Net profits of the winning trades and net losses of the losing ones, both positive. */
  readonly profit: number;
  readonly loss: number;
  /** Of the net profits, in money; NaN without trades. */
  readonly meanNet: number;
  /** Sample standard deviation of the net profits; NaN of fewer than two. */
  readonly netDeviation: number;
  /** Of the net returns, as fractions; NaN without trades. */
  readonly meanReturn: number;
  readonly best: number;
  readonly worst: number;
  readonly meanBars: number;
  /** Most losing trades in a row. */
  readonly mostLosses: number;
}

/**
 * Takes each trade as it is closed; the variance is Welford's of the distances from the first net profit, which is as
 * exact as a second pass.
 */
export class TradeTally {
  #trades = 0;
  #wins = 0;
  #defeats = 0;
  #profit = 0;
  #loss = 0;
  #first = 0;
  /** Of the distances from the first. */
  #mean = 0;
  #spread = 0;
  #returns = 0;
  #best = Number.NEGATIVE_INFINITY;
  #worst = Number.POSITIVE_INFINITY;
  #bars = 0;
  #losing = 0;
  #mostLosses = 0;

  add(net: number, fraction: number, bars: number): void {
    this.#trades += 1;
    if (net > 0) {
      this.#wins += 1;
      this.#profit += net;
      this.#losing = 0;
    } else if (net === 0) {
      this.#losing = 0;
    } else {
      this.#defeats += 1;
      this.#loss -= net;
      this.#losing += 1;
      if (this.#losing > this.#mostLosses) this.#mostLosses = this.#losing;
    }
    if (this.#trades === 1) this.#first = net;
    const away = net - this.#first;
    const distance = away - this.#mean;
    this.#mean += distance / this.#trades;
    this.#spread += distance * (away - this.#mean);
    this.#returns += fraction;
    if (fraction > this.#best) this.#best = fraction;
    if (fraction < this.#worst) this.#worst = fraction;
    this.#bars += bars;
  }

  figures(): TradeFigures {
    const trades = this.#trades;
    const none = trades === 0;
    return {
      trades,
      wins: this.#wins,
      defeats: this.#defeats,
      profit: this.#profit,
      loss: this.#loss,
      meanNet: none ? Number.NaN : this.#first + this.#mean,
      netDeviation: trades < 2 ? Number.NaN : Math.sqrt(this.#spread / (trades - 1)),
      meanReturn: none ? Number.NaN : this.#returns / trades,
      best: none ? Number.NaN : this.#best,
      worst: none ? Number.NaN : this.#worst,
      meanBars: none ? Number.NaN : this.#bars / trades,
      mostLosses: this.#mostLosses,
    };
  }
}
