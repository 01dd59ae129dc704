import type { Candles } from './candles.ts';
import type { CandleSetting } from './settings.ts';
import { all, type Condition, type Term } from './term.ts';

/** What a pattern looks like when its last candle has closed. */
export interface Shape {
  /** What both forms have in common. */
  readonly when?: readonly Condition[];
  readonly bullish?: readonly Condition[];
  readonly bearish?: readonly Condition[];
  /** Then it counts 80 instead of 100. */
  readonly weak?: Condition;
  /**
   * A later close beyond one of these prices counts 200: above one behind a bullish form, below the other behind a
   * bearish one.
   */
  readonly confirmed?: { readonly within: number; readonly above: Term; readonly below: Term };
}

/** A setting of which the mean over the candles before one of this age is asked for. */
export interface Average {
  readonly setting: CandleSetting;
  readonly age: number;
}

const never: Condition = () => false;

/** Looks at each candle in turn. Behind a missing price it starts anew. */
export class Recogniser {
  readonly totals: Float64Array;
  readonly #averages: readonly Average[];
  readonly #bullish: Condition;
  readonly #bearish: Condition;
  readonly #weak: Condition;
  readonly #confirmed: Shape['confirmed'];
  readonly #lookback: number;
  /** Candles before the first one at which the shape is looked for. */
  readonly #wait: number;
  // How many candles there were; then what awaits confirmation: its value, beyond which close, for how many more
  // candles.
  readonly #state = new Float64Array(4);

  constructor({ when = [], bullish, bearish, weak, confirmed }: Shape, averages: readonly Average[], lookback: number) {
    this.totals = new Float64Array(averages.length);
    this.#averages = averages;
    this.#bullish = bullish ? all(...when, ...bullish) : never;
    this.#bearish = bearish ? all(...when, ...bearish) : never;
    this.#weak = weak ?? never;
    this.#confirmed = confirmed;
    this.#lookback = lookback;
    this.#wait = lookback - (confirmed?.within ?? 0);
  }

  get memory(): readonly Float64Array[] {
    return [this.totals, this.#state];
  }

  get count(): number {
    return this.#state[0] ?? 0;
  }

  next(candles: Candles): number {
    const count = this.count;
    if (Number.isNaN(candles.openOf(0) + candles.highOf(0) + candles.lowOf(0) + candles.closeOf(0))) {
      this.totals.fill(0);
      this.#state.fill(0);
      return Number.NaN;
    }
    const value = count < this.#wait ? 0 : this.#value(candles);
    this.#update(candles, count);
    this.#state[0] = count + 1;
    return count < this.#lookback ? Number.NaN : value;
  }

  #value(candles: Candles): number {
    const direction = this.#bullish(candles) ? 1 : this.#bearish(candles) ? -1 : 0;
    if (this.#confirmed) return this.#confirm(this.#confirmed, candles, direction);
    return direction === 0 ? 0 : direction * (this.#weak(candles) ? 80 : 100);
  }

  #confirm({ within, above, below }: NonNullable<Shape['confirmed']>, candles: Candles, direction: number): number {
    const [, waiting = 0, price = 0, left = 0] = this.#state;
    if (direction !== 0) {
      this.#await(direction, (direction > 0 ? above : below).of(candles), within);
      return direction * 100;
    }
    if (left === 0) return 0;
    const close = candles.closeOf(0);
    const isConfirmed = waiting > 0 ? close > price : close < price;
    this.#await(waiting, price, isConfirmed ? 0 : left - 1);
    return isConfirmed ? waiting * 200 : 0;
  }

  #await(direction: number, price: number, left: number): void {
    this.#state[1] = direction;
    this.#state[2] = price;
    this.#state[3] = left;
  }

  /**
   * Behind the comparison, since a candle is compared with those before it. In TA-Lib's order of additions, for the
   * sake of ties.
   */
  #update(candles: Candles, count: number): void {
    for (let i = 0; i < this.#averages.length; i += 1) {
      const average = this.#averages[i];
      if (!average) continue;
      const { measure, period } = average.setting;
      if (count < this.#wait - period) continue;
      const entering = candles.measure(measure, average.age);
      const change = count < this.#wait ? entering : entering - candles.measure(measure, average.age + period);
      this.totals[i] = (this.totals[i] ?? 0) + change;
    }
  }
}
