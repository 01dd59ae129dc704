/** What the equity of a run has to say, bar by bar; the returns are simple ones, the first from the starting cash. */
export interface EquityFigures {
  readonly bars: number;
  /** At the last close. */
  readonly final: number;
  /** Of the values at the closes. */
  readonly meanEquity: number;
  /** Of the returns. */
  readonly mean: number;
  /** Sample standard deviation of the returns; NaN of fewer than two. */
  readonly deviation: number;
  /** Root mean square of the negative returns, over all bars (empyrical downside_risk, unannualised). */
  readonly downside: number;
  /** Mean product of a return and the market's over the same bar. */
  readonly meanProduct: number;
  /** Sums of the gains and of the losses among the returns, both positive. */
  readonly gains: number;
  readonly losses: number;
  /**
   * Falls from a peak until equity was back at the peak, or until the end: the deepest as a negative fraction, the
   * longest in bars.
   */
  readonly deepest: number;
  readonly longest: number;
  readonly meanDepth: number;
  readonly meanLength: number;
}

/** Where the values at each close are kept, for those who want to see them. Index 0 is the first bar of the run. */
export interface EquityRecord {
  readonly equity: Float64Array;
  /** 0 at a peak, negative below it, as a fraction. */
  readonly drawdown: Float64Array;
}

/**
 * A change downwards as a positive number, else 0. A comparison would be guessed wrong by the processor every other
 * time.
 */
const lossIn = (change: number): number => (Math.abs(change) - change) / 2;

/**
 * A return is a quotient less 1, of which rounding takes up to 2^-52: a mean square of a few of those is no variance.
 * Returns have no unit, so neither has this.
 */
const ROUNDING = 2 ** -100;

/**
 * The variance over `count` of n returns whose distances from one of them have this sum and sum of squares; 0 where it
 * is nothing but rounding. Since the distances are from one of the returns, what all of them have in common takes no
 * digits from what they vary.
 */
export function varianceOf(squares: number, sum: number, n: number, count: number): number {
  const spread = squares - (sum * sum) / n;
  return spread > ROUNDING * n ? spread / count : 0;
}

/**
 * Takes the equity at each close, in order, and adds up what the metrics need: one pass, nothing kept. Without a
 * position equity stands still, which costs nothing here. Sums are made of the sums of stretches, so that they stay
 * exact over millions of bars.
 */
export class EquityTally {
  readonly #record: EquityRecord | null;
  #bars = 0;
  #last: number;
  #peak: number;
  /** The lowest value of the fall that lasts, and its first bar; -1 at a peak. */
  #trough = 0;
  #since = -1;
  #total = 0;
  #sum = 0;
  /** The first return with a position; how many there are, and the sums of their distances from it. */
  #reference = Number.NaN;
  #held = 0;
  #distances = 0;
  #squares = 0;
  #losses = 0;
  #lossSquares = 0;
  #products = 0;
  #falls = 0;
  #deepest = 0;
  #longest = 0;
  #depths = 0;
  #lengths = 0;

  constructor(cash: number, record: EquityRecord | null = null) {
    this.#record = record;
    this.#last = cash;
    this.#peak = cash;
  }

  /** The next bar, at whose close equity is `value`; the market has changed by the fraction `market` over it. */
  add(value: number, market: number): void {
    const change = this.#last === 0 ? 0 : value / this.#last - 1;
    if (this.#held === 0) this.#reference = change;
    const distance = change - this.#reference;
    this.#held += 1;
    this.#sum += change;
    this.#distances += distance;
    this.#squares += distance * distance;
    this.#products += change * market;
    const loss = lossIn(change);
    this.#losses += loss;
    this.#lossSquares += loss * loss;
    this.#total += value;
    if (value >= this.#peak) {
      if (this.#since >= 0) this.#recover(this.#bars, this.#peak, this.#trough, this.#since);
      this.#since = -1;
      this.#peak = value;
    } else {
      if (this.#since < 0 || value < this.#trough) this.#trough = value;
      if (this.#since < 0) this.#since = this.#bars;
    }
    this.#note(this.#bars, value);
    this.#last = value;
    this.#bars += 1;
  }

  /** So many bars without a position. */
  rest(bars: number): void {
    if (this.#record) {
      this.#record.equity.fill(this.#last, this.#bars, this.#bars + bars);
      this.#record.drawdown.fill(
        this.#last < this.#peak ? this.#last / this.#peak - 1 : 0,
        this.#bars,
        this.#bars + bars,
      );
    }
    this.#total += bars * this.#last;
    this.#bars += bars;
  }

  /**
   * Bars from `from` to `to` that hold `units` besides `cash`. Stops before one at which equity is used up; gives the
   * first bar that was not taken. The same sums as `add` would make, in registers.
   */
  hold(close: Float64Array, from: number, to: number, cash: number, units: number): number {
    const record = this.#record;
    const offset = this.#bars - from;
    let last = this.#last;
    let peak = this.#peak;
    let trough = this.#trough;
    let since = this.#since;
    let before = close[from - 1] ?? Number.NaN;
    let total = 0;
    if (this.#held === 0) this.#reference = (cash + units * (close[from] ?? Number.NaN)) / last - 1;
    const reference = this.#reference;
    let sum = 0;
    let distances = 0;
    let squares = 0;
    let losses = 0;
    let lossSquares = 0;
    let products = 0;
    let bar = from;
    for (; bar < to; bar += 1) {
      const price = close[bar] ?? Number.NaN;
      const value = cash + units * price;
      if (!(value > 0)) break;
      const change = value / last - 1;
      const distance = change - reference;
      sum += change;
      distances += distance;
      squares += distance * distance;
      products += change * (price / before - 1);
      const loss = lossIn(change);
      losses += loss;
      lossSquares += loss * loss;
      total += value;
      if (value >= peak) {
        if (since >= 0) this.#recover(bar + offset, peak, trough, since);
        since = -1;
        peak = value;
      } else if (since < 0) {
        since = bar + offset;
        trough = value;
      } else if (value < trough) trough = value;
      if (record) {
        record.equity[bar + offset] = value;
        record.drawdown[bar + offset] = value < peak ? value / peak - 1 : 0;
      }
      last = value;
      before = price;
    }
    this.#bars += bar - from;
    this.#last = last;
    this.#peak = peak;
    this.#trough = trough;
    this.#since = since;
    this.#total += total;
    this.#held += bar - from;
    this.#sum += sum;
    this.#distances += distances;
    this.#squares += squares;
    this.#losses += losses;
    this.#lossSquares += lossSquares;
    this.#products += products;
    return bar;
  }

  get last(): number {
    return this.#last;
  }

  get peak(): number {
    return this.#peak;
  }

  figures(): EquityFigures {
    if (this.#since >= 0) {
      this.#recover(this.#bars - 1, this.#peak, this.#trough, this.#since);
      this.#since = -1;
    }
    const bars = this.#bars;
    const mean = this.#sum / bars;
    return {
      bars,
      final: this.#last,
      meanEquity: this.#total / bars,
      mean,
      deviation: bars < 2 ? Number.NaN : Math.sqrt(this.#variance()),
      downside: Math.sqrt(this.#lossSquares / bars),
      meanProduct: this.#products / bars,
      gains: this.#sum + this.#losses,
      losses: this.#losses,
      deepest: this.#deepest,
      longest: this.#longest,
      meanDepth: this.#falls === 0 ? 0 : this.#depths / this.#falls,
      meanLength: this.#falls === 0 ? 0 : this.#lengths / this.#falls,
    };
  }

  /** A bar without a position has no return: it lies the reference below the reference. */
  #variance(): number {
    const rest = this.#bars - this.#held;
    const reference = this.#held === 0 ? 0 : this.#reference;
    return varianceOf(
      this.#squares + rest * reference * reference,
      this.#distances - rest * reference,
      this.#bars,
      this.#bars - 1,
    );
  }

  /**
   * A fall is over at a bar, or the run is. Its depth is measured once: the lowest value has the lowest quotient. Its
   * length is from the peak, the bar before the first below the peak.
   */
  #recover(bar: number, peak: number, trough: number, since: number): void {
    const depth = trough / peak - 1;
    const length = bar - since + 1;
    this.#falls += 1;
    this.#depths += depth;
    this.#lengths += length;
    if (depth < this.#deepest) this.#deepest = depth;
    if (length > this.#longest) this.#longest = length;
  }

  #note(index: number, value: number): void {
    if (!this.#record) return;
    this.#record.equity[index] = value;
    this.#record.drawdown[index] = value < this.#peak ? value / this.#peak - 1 : 0;
  }
}
