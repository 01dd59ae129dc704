import type { Columns } from './batch.ts';
import { decide, levelPrice, read, type Order } from './order.ts';
import type { Action, Plan } from './plan.ts';
import type { ExitReason, RejectedOrder, Signal, Trade } from './result.ts';
import type { Settings } from './settings.ts';
import { commissionOf, unitsOf } from './sizing.ts';

/** Everything that the future depends on, as plain values: stored by the bots. NaN: not set. */
export interface SimulatorState {
  cash: number;
  equity: number;
  peak: number;
  bar: number;
  /** Signed: negative when short. */
  units: number;
  entryPrice: number;
  entryBar: number;
  entryTime: number;
  /** Index of the action that opened the position; -1 when flat. */
  entryAction: number;
  entryCommission: number;
  adds: number;
  stop: number;
  target: number;
  /** Distance of the trailing stop as a fraction; NaN when it follows a series or there is none. */
  trailFraction: number;
  /** Index of the action whose series the trailing stop follows; -1 for none. */
  trailAction: number;
  trail: number;
  /** Extremes since the entry. */
  highest: number;
  lowest: number;
  ruined: boolean;
  /** Bars at whose close there was a position, money that changed hands, commission paid: for the metrics. */
  barsHeld: number;
  turnover: number;
  commission: number;
  orders: Order[];
  resting: Order[];
}

const FLAT = {
  units: 0, entryPrice: Number.NaN, entryBar: -1, entryTime: 0, entryAction: -1, entryCommission: 0, adds: 0,
  stop: Number.NaN, target: Number.NaN, trailFraction: Number.NaN, trailAction: -1, trail: Number.NaN, highest: Number.NaN, lowest: Number.NaN,
};

interface Bar {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
}

/**
 * Trades the actions of a plan, one bar after the other: *Time and fills* of the engine's rules. `openBar` fills what was decided before,
 * then stops, targets and limits; `closeBar` decides what is next. Batch, preview and bots run this one.
 */
export class Simulator {
  readonly trades: Trade[] = [];
  readonly rejected: RejectedOrder[] = [];
  readonly signals: Signal[] = [];
  readonly state: SimulatorState;
  readonly #actions: readonly Action[];
  readonly #settings: Settings;
  readonly #bar: Bar = { time: 0, open: 0, high: 0, low: 0, close: 0 };

  constructor(plan: Plan, settings: Settings, state?: SimulatorState) {
    this.#actions = plan.actions;
    this.#settings = settings;
    this.state = state ?? {
      ...FLAT, cash: settings.cash, equity: settings.cash, peak: settings.cash, bar: -1, ruined: false, barsHeld: 0, turnover: 0, commission: 0, orders: [], resting: [],
    };
  }

  /** What happens while the bar is open. Afterwards the state is that at its close, before anything is decided. */
  openBar(time: number, open: number, high: number, low: number, close: number): void {
    const { state } = this;
    const bar = this.#bar;
    bar.time = time;
    bar.open = open;
    bar.high = high;
    bar.low = low;
    bar.close = close;
    state.bar += 1;
    if (state.orders.length > 0) this.#fillMarket(open);
    if (state.units !== 0) this.#leaveWithin();
    if (state.resting.length > 0) this.#fillLimits();
    if (state.units !== 0) {
      if (high > state.highest) state.highest = high;
      if (low < state.lowest) state.lowest = low;
    }
    state.equity = state.cash + state.units * close;
  }

  /** Decides by the values at the close (`columns`, at index `at`), fills at once where the settings say so, and moves the trailing stop. */
  closeBar(columns: Columns, at: number): void {
    const { state } = this;
    const bar = this.#bar;
    if (!state.ruined) this.#decide(columns, at);
    if (state.orders.length > 0 && this.#settings.fill === 'close') this.#fillMarket(bar.close);
    if (state.units !== 0) this.#moveTrail(columns, at);
    this.#account();
    if (state.equity <= 0 && !state.ruined) this.#ruin();
  }

  /** Closes what is open at the last close. */
  finish(): void {
    if (this.state.units === 0 || !this.#settings.closeAtEnd) return;
    this.#exit(this.#slipped(this.#bar.close, -this.state.units), 'end');
    this.#account();
  }

  get drawdown(): number {
    const { equity, peak } = this.state;
    return equity < peak ? equity / peak - 1 : 0;
  }

  #account(): void {
    const { state } = this;
    state.equity = state.cash + state.units * this.#bar.close;
    if (state.equity > state.peak) state.peak = state.equity;
    if (state.units !== 0) state.barsHeld += 1;
  }

  #ruin(): void {
    const { state } = this;
    const { entryAction } = state;
    if (state.units !== 0) this.#exit(this.#slipped(this.#bar.close, -state.units), 'ruin');
    state.ruined = true;
    state.orders = [];
    state.resting = [];
    this.#reject(entryAction, 'Equity is used up: the run ends here.');
    state.equity = state.cash;
  }

  #decide(columns: Columns, at: number): void {
    const { state } = this;
    const actions = this.#actions;
    for (let index = 0; index < actions.length; index += 1) {
      const action = actions[index];
      if (!action || read(action.when, columns, at) !== 1) continue;
      this.signals.push({
        bar: state.bar, time: this.#bar.time, node: action.node, kind: action.kind, price: this.#bar.close, ...(action.note === undefined ? {} : { note: action.note }),
      });
      if (action.kind === 'info') continue;
      const side = action.kind === 'buy' || action.kind === 'sell' ? 1 : -1;
      const isEntry = action.kind === 'buy' || action.kind === 'short';
      if (isEntry) this.#decideEntry(action, index, side, columns, at);
      else {
        state.resting = state.resting.filter((order) => this.#sideOf(order) !== side);
        if (state.units * side > 0) state.orders.push(decide(action, index, columns, at, this.#bar.close));
      }
    }
  }

  #decideEntry(action: Action, index: number, side: number, columns: Columns, at: number): void {
    const { state } = this;
    const leaving = state.orders.some((order) => !this.#isEntry(order));
    // It could only be ignored when it is filled.
    if (state.units * side > 0 && state.adds >= action.adds && !leaving) return;
    const order = decide(action, index, columns, at, this.#bar.close);
    if (action.limit === null) state.orders.push(order);
    else if (Number.isNaN(order.limit)) this.#reject(index, 'Its limit is na at this bar.');
    // The newer order of an action replaces the older one.
    else state.resting = [...state.resting.filter((other) => other.action !== index), order];
  }

  #isEntry(order: Order): boolean {
    const kind = this.#actions[order.action]?.kind;
    return kind === 'buy' || kind === 'short';
  }

  #sideOf(order: Order): number {
    const kind = this.#actions[order.action]?.kind;
    return kind === 'buy' || kind === 'sell' ? 1 : -1;
  }

  /** Exits go first. */
  #fillMarket(price: number): void {
    const { state } = this;
    const { orders } = state;
    state.orders = [];
    for (const order of orders) {
      const side = this.#sideOf(order);
      if (!this.#isEntry(order) && state.units * side > 0) this.#exit(this.#slipped(price, -side), 'signal', this.#actions[order.action]?.node);
    }
    for (const order of orders) if (this.#isEntry(order)) this.#enter(order, this.#slipped(price, this.#sideOf(order)));
  }

  #slipped(price: number, direction: number): number {
    return direction > 0 ? price * (1 + this.#settings.slippage) : price * (1 - this.#settings.slippage);
  }

  /** Stops and targets of a position that was open at the bar's open, or was opened there. */
  #leaveWithin(): void {
    const { state } = this;
    const { open, high, low } = this.#bar;
    const side = state.units > 0 ? 1 : -1;
    const stop = this.#stopPrice(side);
    const { target } = state;
    // In the position's own direction: `best` is the end of the bar that is good for it.
    const [best, worst] = side > 0 ? [high, low] : [low, high];
    if ((open - target) * side >= 0) this.#exit(open, 'target');
    else if ((open - stop) * side <= 0) this.#exit(this.#slipped(open, -side), this.#stopReason(stop));
    else if ((worst - stop) * side <= 0) this.#exit(this.#slipped(stop, -side), this.#stopReason(stop));
    else if ((best - target) * side >= 0) this.#exit(target, 'target');
  }

  /** The nearer of stop and trailing stop; NaN without either, which no price reaches. */
  #stopPrice(side: number): number {
    const { stop, trail } = this.state;
    if (Number.isNaN(stop)) return trail;
    if (Number.isNaN(trail)) return stop;
    return side > 0 ? Math.max(stop, trail) : Math.min(stop, trail);
  }

  #stopReason(price: number): ExitReason {
    return price === this.state.stop ? 'stop' : 'trail';
  }

  #fillLimits(): void {
    const { state } = this;
    const waiting: Order[] = [];
    for (const order of state.resting) {
      const side = this.#sideOf(order);
      const { open, high, low } = this.#bar;
      const reached = side > 0 ? low <= order.limit : high >= order.limit;
      if (reached) {
        const atOpen = (open - order.limit) * side <= 0;
        this.#enter(order, atOpen ? open : order.limit);
        if (state.entryBar === state.bar && state.units * side > 0) this.#leaveBehindLimit(side, atOpen);
        continue;
      }
      const age = order.age + 1;
      const expires = this.#actions[order.action]?.expires ?? 0;
      if (age < expires) waiting.push({ ...order, age });
      else this.#reject(order.action, `Its limit of ${order.limit.toLocaleString('en', { maximumFractionDigits: 6 })} was not reached within ${expires} bars.`);
    }
    state.resting = waiting;
  }

  /** Behind an entry within the bar only what surely came later counts: the worst, but of the best no more than the close. */
  #leaveBehindLimit(side: number, atOpen: boolean): void {
    if (atOpen) return this.#leaveWithin();
    const { close, high, low } = this.#bar;
    const stop = this.#stopPrice(side);
    if (((side > 0 ? low : high) - stop) * side <= 0) this.#exit(this.#slipped(stop, -side), this.#stopReason(stop));
    else if ((close - this.state.target) * side >= 0) this.#exit(this.state.target, 'target');
  }

  #enter(order: Order, price: number): void {
    const { state } = this;
    const settings = this.#settings;
    const action = this.#actions[order.action];
    if (!action) return;
    const side = this.#sideOf(order);
    if (side < 0 && !settings.short) return this.#reject(order.action, 'Shorting is switched off in the settings.');
    if (state.units * side < 0) this.#exit(price, 'reversed', action.node);
    const isAdd = state.units !== 0;
    if (isAdd && state.adds >= action.adds) return;
    const stop = levelPrice(action.stop, order.stop, price, side, -1);
    const equity = state.cash + state.units * price;
    const means = { price, equity, buyingPower: equity * settings.leverage - Math.abs(state.units) * price, stop };
    const units = unitsOf(action.size, order.size, means, settings);
    if (typeof units === 'string') return this.#reject(order.action, units);
    const commission = commissionOf(settings, units, price);
    state.cash -= side * units * price + commission;
    state.commission += commission;
    state.turnover += units * price;
    const held = Math.abs(state.units);
    state.entryPrice = isAdd ? (state.entryPrice * held + price * units) / (held + units) : price;
    state.units += side * units;
    state.entryCommission += commission;
    if (isAdd) state.adds += 1;
    else {
      state.entryBar = state.bar;
      state.entryTime = this.#bar.time;
      state.entryAction = order.action;
      state.highest = price;
      state.lowest = price;
    }
    this.#protect(action, order, price, side, stop, isAdd);
  }

  /** Stops and targets of an addition hold for the whole position; what it does not set stays. */
  #protect(action: Action, order: Order, price: number, side: number, stop: number, isAdd: boolean): void {
    const { state } = this;
    if (!isAdd || action.stop) state.stop = stop;
    if (!isAdd || action.target) state.target = levelPrice(action.target, order.target, price, side, 1);
    if (isAdd && !action.trail) return;
    state.trailFraction = action.trail?.percent ? order.trail : Number.NaN;
    state.trailAction = action.trail && !action.trail.percent ? order.action : -1;
    state.trail = levelPrice(action.trail, order.trail, price, side, -1);
  }

  #exit(price: number, reason: ExitReason, node?: string): void {
    const { state } = this;
    const units = Math.abs(state.units);
    const side = state.units > 0 ? 1 : -1;
    const commission = commissionOf(this.#settings, units, price);
    state.cash += state.units * price - commission;
    state.commission += commission;
    state.turnover += units * price;
    const gross = side * (price - state.entryPrice) * units;
    const total = state.entryCommission + commission;
    const highest = Math.max(state.highest, price);
    const lowest = Math.min(state.lowest, price);
    const [worst, best] = side > 0 ? [lowest, highest] : [highest, lowest];
    this.trades.push({
      side: side > 0 ? 'long' : 'short',
      units,
      entryBar: state.entryBar,
      entryTime: state.entryTime,
      entryPrice: state.entryPrice,
      exitBar: state.bar,
      exitTime: this.#bar.time,
      exitPrice: price,
      gross,
      net: gross - total,
      return: (gross - total) / (state.entryPrice * units),
      commission: total,
      barsHeld: state.bar - state.entryBar,
      mae: (side * (worst - state.entryPrice)) / state.entryPrice,
      mfe: (side * (best - state.entryPrice)) / state.entryPrice,
      reason,
      entryNode: this.#actions[state.entryAction]?.node ?? '',
      ...(node === undefined ? {} : { exitNode: node }),
    });
    Object.assign(state, FLAT);
  }

  #moveTrail(columns: Columns, at: number): void {
    const { state } = this;
    const side = state.units > 0 ? 1 : -1;
    const action = this.#actions[state.trailAction];
    const level = action?.trail ? read(action.trail.operand, columns, at) : (side > 0 ? state.highest : state.lowest) * (1 - side * state.trailFraction);
    // It only ever tightens.
    if (Number.isNaN(state.trail) || (level - state.trail) * side > 0) state.trail = Number.isNaN(level) ? state.trail : level;
  }

  #reject(action: number, reason: string): void {
    this.rejected.push({ bar: this.state.bar, time: this.#bar.time, node: this.#actions[action]?.node ?? '', reason });
  }
}
