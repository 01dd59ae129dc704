import { addDecimals } from '#core/elementary/add-decimals.ts';
import { toDecimal } from '#core/elementary/to-decimal.ts';
import type { OrderListener } from '../broker.ts';
import { whyUnprotected } from '../check-order.ts';
import { notionalOf, type EndReason, type ExitReason, type Fill } from '../fill.ts';
import { payEntry, payExit, valueAt, worthAt } from '../holdings.ts';
import { movedBy, stopPriceOf, tightened } from '../levels.ts';
import { Lots } from '../lots.ts';
import type { Order, OrderTerms, Side } from '../order.ts';
import { extend, flatten } from '../position.ts';
import { dropProtection, fractionOf, isProtected } from '../protection.ts';
import { commissionOf, type Terms } from '../terms.ts';
import type { BarCursor } from './bar-cursor.ts';
import type { PaperState } from './paper-state.ts';
import { unitsOf } from './sizing.ts';

/** What a paper broker fills for: whose orders, on which terms, told to whom. */
export interface PaperBook {
  /** By the index of their action. */
  readonly orderTerms: readonly OrderTerms[];
  readonly terms: Terms;
  readonly bar: BarCursor;
  readonly listener: OrderListener;
  /**
   * Whether the listener wants to know of each order and fill, and of the times and excursions of trades; a sweep wants
   * what positions came to alone.
   */
  readonly isDetailed: boolean;
}

/** Orders of the broker's own. The same object each time: there is one position at most. */
const ownOrder = (): Order => ({
  action: -1,
  size: Number.NaN,
  stop: Number.NaN,
  target: Number.NaN,
  trail: Number.NaN,
  limit: Number.NaN,
  until: Number.POSITIVE_INFINITY,
});

/** Makes fills, at prices that others have found: sized, paid, protected. */
export class Ledger {
  readonly orderTerms: readonly OrderTerms[];
  readonly bar: BarCursor;
  readonly listener: OrderListener;
  readonly isDetailed: boolean;
  readonly state: PaperState;
  readonly lots: Lots | null;
  readonly terms: Terms;
  /** Whether the extremes since the entry are asked for: by the excursions of a trade, or by a trailing stop. */
  readonly followsExtremes: boolean;
  /** Stop, target and trailing stop of the position, as one order. */
  readonly #bracket = ownOrder();
  /** What closes the position at ruin, or at the end of the run. */
  readonly #closeOut = ownOrder();
  /** Written over by each fill: a new one each time would be a good part of what a trade costs. */
  readonly #means = { price: 0, equity: 0, buyingPower: 0, stop: Number.NaN };
  readonly #fill: { -readonly [Key in keyof Fill]: Fill[Key] } = {
    units: Number.NaN,
    price: Number.NaN,
    commission: Number.NaN,
    bar: 0,
    time: Number.NaN,
    action: -1,
    reason: 'entry',
  };
  readonly #profit = { gross: Number.NaN, net: Number.NaN, fraction: Number.NaN, commission: Number.NaN };

  constructor(book: PaperBook, state: PaperState) {
    this.orderTerms = book.orderTerms;
    this.terms = book.terms;
    this.bar = book.bar;
    this.listener = book.listener;
    this.isDetailed = book.isDetailed;
    this.state = state;
    this.lots = book.terms.lot > 0 ? new Lots(book.terms.lot) : null;
    this.followsExtremes = book.isDetailed || book.orderTerms.some(({ trail }) => trail?.percent);
  }

  /** Values what is held at the close. */
  account(): void {
    valueAt(this.state, this.bar.close);
  }

  /** A price as a market order gets it: a little against it. */
  slipped(price: number, direction: number): number {
    return movedBy(price, direction > 0 ? this.terms.slippage : -this.terms.slippage);
  }

  /** A price of the bar that the position has lived through. */
  see(price: number): void {
    const { state } = this;
    if (price > state.highest) state.highest = price;
    if (price < state.lowest) state.lowest = price;
  }

  /** Opens or adds to a position on one side; one on the other is closed before, at the same price. */
  enter(order: Order, side: Side, price: number): void {
    const { isDetailed, listener, orderTerms, state } = this;
    const terms = orderTerms[order.action];
    if (!terms) return;
    if (state.units * side < 0) this.#close(order, price, 'reversed');
    if (state.ruined) return;
    const isAdd = state.units !== 0;
    if (isAdd && state.adds >= terms.adds) return listener.cancelled(order, state.bar, 'ignored');
    const unprotected = whyUnprotected(terms, order, isAdd ? state : null);
    if (unprotected) return listener.rejected(order, state.bar, unprotected);
    const equity = worthAt(state, price);
    const means = this.#means;
    means.price = price;
    means.equity = equity;
    means.buyingPower = equity * this.terms.leverage;
    if (isAdd) means.buyingPower = addDecimals(means.buyingPower, -toDecimal(Math.abs(state.units) * price));
    means.stop = stopPriceOf(terms.stop, order.stop, price, side);
    const units = unitsOf(terms.size, order.size, means, this);
    if (typeof units === 'function') return listener.rejected(order, state.bar, units);
    const fill = this.#write(side * units, price, 'entry', order.action);
    const notional = notionalOf(fill);
    payEntry(state, fill, notional);
    extend(state, fill, notional, this.lots);
    if (!isAdd) {
      state.highest = price;
      state.lowest = price;
    }
    this.see(price);
    if (isDetailed) listener.filled(order, fill, true);
    this.#protect(terms, order, price, side);
  }

  /** Closes the whole position by an order of the strategy's. */
  exit(order: Order, price: number): void {
    this.#close(order, price, 'signal');
  }

  /** Closes the whole position by an order of the broker's own. */
  end(price: number, reason: EndReason): void {
    const isProtection = reason !== 'ruin' && reason !== 'end';
    const order = isProtection ? this.#bracket : this.#closeOut;
    if (!isProtection && this.isDetailed) this.listener.accepted(order, this.state.bar);
    this.#close(order, price, reason);
  }

  /** Where a fill leaves nothing the run ends, and says so. */
  #close(order: Order, price: number, reason: ExitReason): void {
    const { isDetailed, listener, state } = this;
    const { entryAction, ruined } = state;
    const profit = this.#profit;
    const fill = this.#write(-state.units, price, reason, order.action);
    payExit(state, fill, notionalOf(fill), profit);
    listener.closed(state, fill, profit);
    // An entry that reverses a position is filled once more.
    if (isDetailed) {
      listener.filled(order, fill, reason !== 'reversed');
      if (order !== this.#bracket && isProtected(state))
        listener.cancelled(this.#bracket, state.bar, 'position closed');
    }
    flatten(state);
    dropProtection(state);
    state.highest = Number.NaN;
    state.lowest = Number.NaN;
    if (state.ruined && !ruined) this.#ruin(entryAction);
  }

  #write(units: number, price: number, reason: Fill['reason'], action: number): Fill {
    const fill = this.#fill;
    fill.units = units;
    fill.price = price;
    fill.commission = commissionOf(this.terms, Math.abs(units), price);
    fill.bar = this.state.bar;
    // A time that nobody asks for is not fetched.
    fill.time = this.isDetailed ? this.bar.time : Number.NaN;
    fill.action = action;
    fill.reason = reason;
    return fill;
  }

  /**
   * Stops and targets of an addition hold for the whole position; what it does not set stays. Fractions are of the
   * entry price as it is now.
   */
  #protect({ stop, target, trail }: OrderTerms, order: Order, price: number, side: Side): void {
    const { state } = this;
    const hadProtection = this.isDetailed && isProtected(state);
    if (stop && !Number.isNaN(order.stop)) {
      state.stop = order.stop;
      state.stopFraction = fractionOf(stop, order.stop);
    }
    if (target && !Number.isNaN(order.target)) {
      state.target = order.target;
      state.targetFraction = fractionOf(target, order.target);
    }
    if (!Number.isNaN(state.stopFraction)) state.stop = movedBy(state.entryPrice, -side * state.stopFraction);
    if (!Number.isNaN(state.targetFraction)) state.target = movedBy(state.entryPrice, side * state.targetFraction);
    if (trail && !Number.isNaN(order.trail)) {
      state.trailFraction = fractionOf(trail, order.trail);
      state.trailAction = trail.percent ? -1 : order.action;
      state.trail = tightened(state.trail, stopPriceOf(trail, order.trail, price, side), side);
    }
    if (this.isDetailed && !hadProtection && isProtected(state)) this.listener.accepted(this.#bracket, state.bar);
  }

  #ruin(action: number): void {
    const { state } = this;
    state.orders = [];
    state.resting = [];
    this.listener.ruined(action, state.bar);
  }
}
