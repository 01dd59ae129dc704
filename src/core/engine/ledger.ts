import type { BarCursor } from './bar-cursor.ts';
import { levelPrice, tightened, type Order } from './order.ts';
import type { Action } from './plan.ts';
import type { Journal } from './journal.ts';
import type { ExitReason, Trade } from './result.ts';
import type { Settings } from './settings.ts';
import { flatten, type SimulatorState } from './simulator-state.ts';
import { commissionOf, unitsOf, type Refusal } from './sizing.ts';
import { TradeTally } from './trade-tally.ts';

/** Money and the position, and what fills do to them. */
export class Ledger {
  readonly tally = new TradeTally();
  /** Null when nobody wants to know of each trade. */
  readonly journal: Journal | null;
  readonly bar: BarCursor;
  readonly actions: readonly Action[];
  readonly settings: Settings;
  readonly state: SimulatorState;
  /** Written over by each order. */
  readonly #means = { price: 0, equity: 0, buyingPower: 0, stop: Number.NaN };

  constructor(actions: readonly Action[], settings: Settings, state: SimulatorState, bar: BarCursor, journal: Journal | null) {
    this.actions = actions;
    this.settings = settings;
    this.state = state;
    this.bar = bar;
    this.journal = journal;
  }

  get drawdown(): number {
    return drawdownOf(this.state.equity, this.state.peak);
  }

  /** Whether the extremes since the entry are asked for: by the excursions of a trade, or by its trailing stop. */
  get followsExtremes(): boolean {
    return this.journal !== null || !Number.isNaN(this.state.trailFraction);
  }

  /** Values what is held at the close. */
  account(): void {
    const { state } = this;
    state.equity = state.cash + state.units * this.bar.close;
    if (state.equity > state.peak) state.peak = state.equity;
    if (state.units !== 0) state.barsHeld += 1;
  }

  /** A price as a market order gets it: a little against it. */
  slipped(price: number, direction: number): number {
    return direction > 0 ? price * (1 + this.settings.slippage) : price * (1 - this.settings.slippage);
  }

  /** Opens or adds to a position on one side; one on the other is closed before, at the same price. */
  enter(order: Order, side: 1 | -1, price: number): void {
    const { state, settings } = this;
    const action = this.actions[order.action];
    if (!action) return;
    if (side < 0 && !settings.short) return this.reject(order.action, shortingIsOff);
    if (state.units * side < 0) this.exit(price, 'reversed', action.node);
    const isAdd = state.units !== 0;
    if (isAdd && state.adds >= action.adds) return;
    const stop = levelPrice(action.stop, order.stop, price, side, -1);
    const equity = state.cash + state.units * price;
    const means = this.#means;
    means.price = price;
    means.equity = equity;
    means.buyingPower = equity * settings.leverage - Math.abs(state.units) * price;
    means.stop = stop;
    const units = unitsOf(action.size, order.size, means, settings);
    if (typeof units === 'function') return this.reject(order.action, units);
    const held = Math.abs(state.units);
    this.#pay(side * units, price, commissionOf(settings, units, price));
    state.entryPrice = isAdd ? (state.entryPrice * held + price * units) / (held + units) : price;
    state.units += side * units;
    if (isAdd) state.adds += 1;
    else {
      state.entryBar = state.bar;
      state.entryTime = this.journal ? this.bar.time : Number.NaN;
      state.entryAction = order.action;
      state.highest = price;
      state.lowest = price;
    }
    this.#protect(action, order, price, side, stop, isAdd);
  }

  /** Closes the whole position. */
  exit(price: number, reason: ExitReason, node?: string): void {
    const { state } = this;
    const units = Math.abs(state.units);
    const side = state.units > 0 ? 1 : -1;
    this.#pay(-state.units, price, commissionOf(this.settings, units, price));
    const { entryPrice, entryCommission: commission } = state;
    const gross = side * (price - entryPrice) * units;
    const net = gross - commission;
    const fraction = net / (entryPrice * units);
    this.tally.add(net, fraction, state.bar - state.entryBar);
    if (this.journal) this.#tell(this.journal, side, units, price, gross, net, fraction, reason, node);
    flatten(state);
  }

  reject(action: number, reason: Refusal): void {
    this.journal?.rejected.push({ bar: this.state.bar, time: this.bar.time, node: this.actions[action]?.node ?? '', reason: reason() });
  }

  #tell(journal: Journal, side: 1 | -1, units: number, price: number, gross: number, net: number, fraction: number, reason: ExitReason, node: string | undefined): void {
    const { state } = this;
    const { entryPrice } = state;
    const highest = Math.max(state.highest, price);
    const lowest = Math.min(state.lowest, price);
    const [worst, best] = side > 0 ? [lowest, highest] : [highest, lowest];
    const trade: { -readonly [Key in keyof Trade]: Trade[Key] } = {
      side: side > 0 ? 'long' : 'short',
      units,
      entryBar: state.entryBar,
      entryTime: state.entryTime,
      entryPrice,
      exitBar: state.bar,
      exitTime: this.bar.time,
      exitPrice: price,
      gross,
      net,
      return: fraction,
      commission: state.entryCommission,
      barsHeld: state.bar - state.entryBar,
      mae: (side * (worst - entryPrice)) / entryPrice,
      mfe: (side * (best - entryPrice)) / entryPrice,
      reason,
      entryNode: this.actions[state.entryAction]?.node ?? '',
    };
    if (node !== undefined) trade.exitNode = node;
    journal.trades.push(trade);
  }

  /** `units` is negative for what is sold. */
  #pay(units: number, price: number, commission: number): void {
    const { state } = this;
    state.cash -= units * price + commission;
    state.commission += commission;
    state.entryCommission += commission;
    state.turnover += Math.abs(units) * price;
  }

  /** Stops and targets of an addition hold for the whole position; what it does not set stays. */
  #protect(action: Action, order: Order, price: number, side: 1 | -1, stop: number, isAdd: boolean): void {
    const { state } = this;
    if (!isAdd || action.stop) state.stop = stop;
    if (!isAdd || action.target) state.target = levelPrice(action.target, order.target, price, side, 1);
    if (isAdd && !action.trail) return;
    state.trailFraction = action.trail?.percent ? order.trail : Number.NaN;
    state.trailAction = action.trail && !action.trail.percent ? order.action : -1;
    state.trail = tightened(isAdd ? state.trail : Number.NaN, levelPrice(action.trail, order.trail, price, side, -1), side);
  }
}

const shortingIsOff: Refusal = () => 'Shorting is switched off in the settings.';

/** 0 at a peak, negative below it. */
export const drawdownOf = (equity: number, peak: number): number => (equity < peak ? equity / peak - 1 : 0);
