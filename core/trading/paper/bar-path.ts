import { priceText } from '#core/market/price-digits.ts';
import type { Order, Side } from '../order.ts';
import { sideOf } from '../position.ts';
import { isReached, lastPrice, leaveBadly, leaveIfBeyond } from './ends.ts';
import type { Ledger } from './ledger.ts';

/**
 * The way that the price takes through a bar: from the open to one extreme, to the other, to the close. Stops, targets
 * and limits are met as they come on it, so that nothing fills where nothing was traded, and nothing is seen before it
 * was.
 */
export class BarPath {
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Fills the limits whose price the open is at, or better. */
  open(open: number): void {
    const ledger = this.#ledger;
    const { state } = ledger;
    for (const order of state.resting) {
      const side = this.#sideOf(order);
      if (state.ruined || !((open - order.limit) * side <= 0)) continue;
      this.#take(order);
      ledger.enter(order, side, open);
      leaveIfBeyond(ledger, open);
    }
  }

  walk(): void {
    const ledger = this.#ledger;
    const { state } = ledger;
    const { open, high, low, close } = ledger.bar;
    const limitSide = state.resting.length > 0 ? this.#limitSide(high, low) : 0;
    if (limitSide === 0 && (state.units === 0 || !isReached(state, high, low))) this.#see(high, low);
    else {
      this.#see(open, open);
      const isLowFirst = this.#isLowFirst(limitSide, high, low);
      const [first, second] = isLowFirst ? [low, high] : [high, low];
      this.#go(open, first);
      this.#go(first, second);
      this.#go(second, close);
    }
    if (state.resting.length > 0) this.#expire();
  }

  /**
   * The extreme against the position is first when it ends there; a limit's own is last, so that what was good for it
   * counts as gone by then.
   */
  #isLowFirst(limitSide: number, high: number, low: number): boolean {
    const { state } = this.#ledger;
    const side = sideOf(state);
    const isHeld = state.units !== 0;
    if (isHeld && ((side > 0 ? low : high) - lastPrice(state, side)) * side <= 0) return side > 0;
    if (limitSide !== 0) return limitSide < 0;
    return side > 0;
  }

  /**
   * The side of the limits that the bar reaches: that of the position before the other, else that of the oldest; 0 when
   * there are none.
   */
  #limitSide(high: number, low: number): number {
    const { state } = this.#ledger;
    let found = 0;
    for (const order of state.resting) {
      const side = this.#sideOf(order);
      const isReachedOne = ((side > 0 ? low : high) - order.limit) * side <= 0;
      if (isReachedOne && (found === 0 || (side * state.units > 0 && found !== side))) found = side;
    }
    return found;
  }

  /** From one price to another: whatever lies between is met in turn. */
  #go(from: number, to: number): void {
    const direction = to < from ? -1 : 1;
    for (let at = this.#meet(from, to, direction); !Number.isNaN(at); at = this.#meet(at, to, direction))
      leaveIfBeyond(this.#ledger, at);
    this.#see(to, to);
  }

  /** Takes the nearest of what lies between two prices and gives its price; NaN when there is nothing. */
  #meet(at: number, to: number, direction: 1 | -1): number {
    const ledger = this.#ledger;
    const { state } = ledger;
    const side = sideOf(state);
    const level = state.units === 0 ? Number.NaN : side === direction ? state.target : lastPrice(state, side);
    let price = isBetween(level, at, to, direction) ? level : Number.NaN;
    let limit: Order | null = null;
    for (const order of state.resting) {
      if (
        this.#sideOf(order) === direction ||
        !isBetween(order.limit, at, to, direction) ||
        (price - order.limit) * direction <= 0
      )
        continue;
      price = order.limit;
      limit = order;
    }
    if (limit) {
      this.#take(limit);
      ledger.enter(limit, this.#sideOf(limit), price);
    } else if (!Number.isNaN(price)) {
      if (side === direction) ledger.end(price, 'target');
      else leaveBadly(ledger, price);
    }
    return price;
  }

  #see(high: number, low: number): void {
    const ledger = this.#ledger;
    if (ledger.state.units === 0 || !ledger.followsExtremes) return;
    ledger.see(high);
    ledger.see(low);
  }

  /** Withdraws the orders that have waited for as long as they may. */
  #expire(): void {
    const { listener, orderTerms, state } = this.#ledger;
    if (!state.resting.some(({ until }) => state.bar >= until)) return;
    const expired = state.resting.filter(({ until }) => state.bar >= until);
    state.resting = state.resting.filter(({ until }) => state.bar < until);
    for (const order of expired) {
      const expires = orderTerms[order.action]?.expires ?? 0;
      listener.expired(order, state.bar, () => {
        const within = expires === 1 ? 'a bar' : `${expires} bars`;
        return `Its limit of ${priceText(order.limit)} was not reached within ${within}.`;
      });
    }
  }

  #take(order: Order): void {
    const { state } = this.#ledger;
    state.resting = state.resting.filter((other) => other !== order);
  }

  #sideOf({ action }: Order): Side {
    return this.#ledger.orderTerms[action]?.side ?? 1;
  }
}

const isBetween = (price: number, from: number, to: number, direction: 1 | -1): boolean =>
  (price - from) * direction >= 0 && (to - price) * direction >= 0;
