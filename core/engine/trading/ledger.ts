import { TradeTally } from '../figures/trade-tally.ts';
import type { Journal } from '../outcome/journal.ts';
import type { ExitReason, Trade } from '../outcome/result.ts';
import type { Settings } from '../outcome/settings.ts';
import type { Action, Level } from '../plan/plan.ts';
import type { BarCursor } from './bar-cursor.ts';
import { levelPrice, movedBy, tightened, whyUnprotected } from './desk.ts';
import { Lots } from './lots.ts';
import type { Order } from './order.ts';
import { ruinPrice } from './ruin.ts';
import { flatten, type SimulatorState } from './simulator-state.ts';
import { commissionOf, unitsOf, type Refusal } from './sizing.ts';

/** Money and the position, and what fills do to them. */
export class Ledger {
  readonly tally = new TradeTally();
  /** Null when nobody wants to know of each trade. */
  readonly journal: Journal | null;
  readonly bar: BarCursor;
  readonly actions: readonly Action[];
  readonly settings: Settings;
  readonly state: SimulatorState;
  /** Whether the extremes since the entry are asked for: by the excursions of a trade, or by a trailing stop. */
  readonly followsExtremes: boolean;
  readonly #lots: Lots | null;
  /** Written over by each order. */
  readonly #means = { price: 0, equity: 0, buyingPower: 0, stop: Number.NaN };

  constructor(
    actions: readonly Action[],
    settings: Settings,
    state: SimulatorState,
    bar: BarCursor,
    journal: Journal | null,
  ) {
    this.actions = actions;
    this.settings = settings;
    this.state = state;
    this.bar = bar;
    this.journal = journal;
    this.followsExtremes = journal !== null || actions.some(({ trail }) => trail?.percent);
    this.#lots = settings.lot > 0 ? new Lots(settings.lot) : null;
  }

  get drawdown(): number {
    return drawdownOf(this.state.equity, this.state.peak);
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
    return movedBy(price, direction > 0 ? this.settings.slippage : -this.settings.slippage);
  }

  /** A price of the bar that the position has lived through. */
  see(price: number): void {
    const { state } = this;
    if (price > state.highest) state.highest = price;
    if (price < state.lowest) state.lowest = price;
  }

  /** Opens or adds to a position on one side; one on the other is closed before, at the same price. */
  enter(order: Order, side: 1 | -1, price: number): void {
    const { state, settings } = this;
    const action = this.actions[order.action];
    if (!action) return;
    if (state.units * side < 0) this.exit(price, 'reversed', action.node);
    if (state.ruined) return;
    const isAdd = state.units !== 0;
    if (isAdd && state.adds >= action.adds) return;
    const unprotected = whyUnprotected(action, order, isAdd ? state : null);
    if (unprotected) return this.reject(order.action, unprotected);
    const equity = state.cash + state.units * price;
    const means = this.#means;
    means.price = price;
    means.equity = equity;
    means.buyingPower = equity * settings.leverage - Math.abs(state.units) * price;
    means.stop = levelPrice(action.stop, order.stop, price, side, -1);
    const units = unitsOf(action.size, order.size, means, settings, this.#lots);
    if (typeof units === 'function') return this.reject(order.action, units);
    if (!isAdd) state.flatCash = state.cash;
    this.#pay(side * units, price, commissionOf(settings, units, price));
    this.#hold(units, price, side);
    if (isAdd) state.adds += 1;
    else {
      state.entryBar = state.bar;
      state.entryTime = this.journal ? this.bar.time : Number.NaN;
      state.entryAction = order.action;
      state.highest = price;
      state.lowest = price;
    }
    this.see(price);
    this.#protect(action, order, price, side);
  }

  /** Closes the whole position. Where that leaves nothing the run ends, and says so. */
  exit(price: number, reason: ExitReason, node?: string): void {
    const { state } = this;
    const units = Math.abs(state.units);
    const side = state.units > 0 ? 1 : -1;
    const { entryPrice, entryAction } = state;
    const isAtRuin = price === ruinPrice(state);
    const exitCommission = commissionOf(this.settings, units, price);
    this.#pay(-state.units, price, exitCommission);
    const { entryCommission: commission } = state;
    const gross = (side > 0 ? price - entryPrice : entryPrice - price) * units;
    // Ruin is where nothing is left, by what its price is: reckoned back from that price, a quotient, it would be a little more or less.
    const net = isAtRuin ? -state.flatCash - exitCommission : gross - commission;
    const fraction = net / (entryPrice * units);
    // What the fills have paid and taken, without the errors of adding them up.
    state.cash = state.flatCash + net;
    this.tally.add(net, fraction, state.bar - state.entryBar);
    if (this.journal) this.#tell(this.journal, side, units, price, gross, net, fraction, reason, node);
    flatten(state);
    if (!state.ruined && (reason === 'ruin' || state.cash <= 0)) this.#ruin(entryAction);
  }

  reject(action: number, reason: Refusal): void {
    this.journal?.rejected.push({
      bar: this.state.bar,
      time: this.bar.time,
      node: this.actions[action]?.node ?? '',
      reason: reason(),
    });
  }

  #tell(
    journal: Journal,
    side: 1 | -1,
    units: number,
    price: number,
    gross: number,
    net: number,
    fraction: number,
    reason: ExitReason,
    node: string | undefined,
  ): void {
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
      mae: side > 0 ? (worst - entryPrice) / entryPrice : (entryPrice - worst) / entryPrice,
      mfe: side > 0 ? (best - entryPrice) / entryPrice : (entryPrice - best) / entryPrice,
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

  #hold(units: number, price: number, side: 1 | -1): void {
    const { state } = this;
    const held = Math.abs(state.units);
    const sum = held + units;
    state.entryCost += units * price;
    const now = held !== 0 && this.#lots ? this.#lots.round(sum) : sum;
    // The average of equal prices is that price: no quotient must round it.
    if (held === 0) state.entryPrice = price;
    else if (price !== state.entryPrice) state.entryPrice = state.entryCost / now;
    state.units = side * now;
  }

  /** Stops and targets of an addition hold for the whole position; what it does not set stays. Fractions are of the entry price as it is now. */
  #protect(action: Action, order: Order, price: number, side: 1 | -1): void {
    const { state } = this;
    const { stop, target, trail } = action;
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
    if (!trail || Number.isNaN(order.trail)) return;
    state.trailFraction = fractionOf(trail, order.trail);
    state.trailAction = trail.percent ? -1 : order.action;
    state.trail = tightened(state.trail, levelPrice(trail, order.trail, price, side, -1), side);
  }

  #ruin(action: number): void {
    const { state } = this;
    state.ruined = true;
    state.orders = [];
    state.resting = [];
    this.reject(action, () => 'Equity is used up: the run ends here.');
  }
}

const fractionOf = ({ percent }: Level, value: number): number => (percent ? value : Number.NaN);

/** 0 at a peak, negative below it. */
const drawdownOf = (equity: number, peak: number): number => (equity < peak ? equity / peak - 1 : 0);
