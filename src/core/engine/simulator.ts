import type { Bars } from '../market/bars.ts';
import type { BarCursor } from './bar-cursor.ts';
import type { Columns } from './batch.ts';
import type { Journal } from './journal.ts';
import { Ledger } from './ledger.ts';
import { decide, read, type Order } from './order.ts';
import type { Action, Plan } from './plan.ts';
import { isProtected, isTrailing, leaveBehindLimit, leaveWithin, moveTrail } from './protection.ts';
import type { Settings } from './settings.ts';
import { startState, type SimulatorState } from './simulator-state.ts';

/**
 * Trades the actions of a plan, one bar after the other: *Time and fills* of the engine's rules. `openBar` fills what was decided before,
 * then stops, targets and limits; `closeBar` decides what is next. Batch, preview and bots run this one.
 */
export class Simulator {
  readonly ledger: Ledger;
  readonly #actions: readonly Action[];

  constructor({ actions }: Plan, settings: Settings, bar: BarCursor, journal: Journal | null, state: SimulatorState = startState(settings)) {
    this.#actions = actions;
    this.ledger = new Ledger(actions, settings, state, bar, journal);
  }

  get state(): SimulatorState {
    return this.ledger.state;
  }

  get drawdown(): number {
    return this.ledger.drawdown;
  }

  /** What happens while the bar of the cursor is open. Afterwards the state is that at its close, before anything is decided. */
  openBar(): void {
    const { ledger } = this;
    const { state, bar } = ledger;
    state.bar += 1;
    if (state.orders.length > 0) this.#fillMarket(bar.open);
    if (isProtected(state)) leaveWithin(ledger);
    if (state.resting.length > 0) this.#fillLimits();
    if (state.units !== 0 && ledger.followsExtremes) {
      if (bar.high > state.highest) state.highest = bar.high;
      if (bar.low < state.lowest) state.lowest = bar.low;
    }
    state.equity = state.cash + state.units * bar.close;
  }

  /** Decides by the values at the close (`columns`, at index `at`), fills at once where the settings say so, and moves the trailing stop. */
  closeBar(columns: Columns, at: number): void {
    const { state, bar, settings } = this.ledger;
    if (!state.ruined) this.#decide(columns, at);
    if (state.orders.length > 0 && settings.fill === 'close') this.#fillMarket(bar.close);
    if (isTrailing(state)) moveTrail(this.ledger, columns, at);
    this.ledger.account();
    if (state.equity <= 0 && !state.ruined) this.#ruin();
  }

  /** Tells the signals of a bar that was passed over, since they change nothing. */
  tellSignals(columns: Columns, at: number, bar: number, { time, close }: Bars): void {
    const { journal } = this.ledger;
    if (!journal) return;
    for (const action of this.#actions) if (read(action.when, columns, at) === 1) tell(journal, action, bar, time[bar] ?? 0, close[bar] ?? Number.NaN);
  }

  /** Closes what is open at the last close. */
  finish(): void {
    const { state, bar, settings } = this.ledger;
    if (state.units === 0 || !settings.closeAtEnd) return;
    this.ledger.exit(this.ledger.slipped(bar.close, -state.units), 'end');
    this.ledger.account();
  }

  #ruin(): void {
    const { state, bar } = this.ledger;
    const { entryAction } = state;
    if (state.units !== 0) this.ledger.exit(this.ledger.slipped(bar.close, -state.units), 'ruin');
    state.ruined = true;
    state.orders = [];
    state.resting = [];
    this.ledger.reject(entryAction, () => 'Equity is used up: the run ends here.');
    state.equity = state.cash;
  }

  /** Exits are decided before entries, so that it does not matter in which order the formula names them. */
  #decide(columns: Columns, at: number): void {
    const actions = this.#actions;
    let entries = 0;
    for (let index = 0; index < actions.length; index += 1) {
      const action = actions[index];
      if (!action || read(action.when, columns, at) !== 1) continue;
      if (this.ledger.journal) tell(this.ledger.journal, action, this.ledger.state.bar, this.ledger.bar.time, this.ledger.bar.close);
      if (action.kind === 'buy' || action.kind === 'short') entries += 1;
      else if (action.kind !== 'info') this.#decideExit(action, index, columns, at);
    }
    for (let index = 0; entries > 0; index += 1) {
      const action = actions[index];
      if (!action || (action.kind !== 'buy' && action.kind !== 'short') || read(action.when, columns, at) !== 1) continue;
      this.#decideEntry(action, index, columns, at);
      entries -= 1;
    }
  }

  /** It withdraws the entries that wait for a limit, too. */
  #decideExit(action: Action, index: number, columns: Columns, at: number): void {
    const { state, bar } = this.ledger;
    const side = sideOfAction(action);
    if (state.resting.length > 0) state.resting = state.resting.filter((order) => this.#sideOf(order) !== side);
    if (state.units * side > 0) state.orders.push(decide(action, index, columns, at, bar.close));
  }

  #decideEntry(action: Action, index: number, columns: Columns, at: number): void {
    const { state, bar } = this.ledger;
    const leaving = state.orders.some((order) => !this.#isEntry(order));
    // It could only be ignored when it is filled.
    if (state.units * sideOfAction(action) > 0 && state.adds >= action.adds && !leaving) return;
    const order = decide(action, index, columns, at, bar.close);
    if (action.limit === null) state.orders.push(order);
    else if (Number.isNaN(order.limit)) this.ledger.reject(index, () => 'Its limit is na at this bar.');
    // The newer order of an action replaces the older one.
    else state.resting = [...state.resting.filter((other) => other.action !== index), order];
  }

  #isEntry(order: Order): boolean {
    const kind = this.#actions[order.action]?.kind;
    return kind === 'buy' || kind === 'short';
  }

  #sideOf(order: Order): 1 | -1 {
    const action = this.#actions[order.action];
    return action ? sideOfAction(action) : 1;
  }

  /** Exits go first. */
  #fillMarket(price: number): void {
    const { state } = this.ledger;
    const { orders } = state;
    state.orders = [];
    for (const order of orders) {
      const side = this.#sideOf(order);
      if (!this.#isEntry(order) && state.units * side > 0) this.ledger.exit(this.ledger.slipped(price, -side), 'signal', this.#actions[order.action]?.node);
    }
    for (const order of orders) {
      const side = this.#sideOf(order);
      if (this.#isEntry(order)) this.ledger.enter(order, side, this.ledger.slipped(price, side));
    }
  }

  #fillLimits(): void {
    const { state, bar } = this.ledger;
    const waiting: Order[] = [];
    for (const order of state.resting) {
      const side = this.#sideOf(order);
      const reached = side > 0 ? bar.low <= order.limit : bar.high >= order.limit;
      if (!reached) {
        this.#wait(order, waiting);
        continue;
      }
      const atOpen = (bar.open - order.limit) * side <= 0;
      const before = state.units;
      this.ledger.enter(order, side, atOpen ? bar.open : order.limit);
      if (state.units === before || state.units * side <= 0) continue;
      if (atOpen) leaveWithin(this.ledger);
      else leaveBehindLimit(this.ledger, side);
    }
    state.resting = waiting;
  }

  #wait(order: Order, waiting: Order[]): void {
    const age = order.age + 1;
    const expires = this.#actions[order.action]?.expires ?? 0;
    if (age < expires) waiting.push({ ...order, age });
    else this.ledger.reject(order.action, () => `Its limit of ${order.limit.toLocaleString('en', { maximumFractionDigits: 6 })} was not reached within ${expires} bars.`);
  }
}

function tell(journal: Journal, { node, kind, note }: Action, bar: number, time: number, price: number): void {
  const signal = { bar, time, node, kind, price };
  journal.signals.push(note === undefined ? signal : { ...signal, note });
}

const sideOfAction = ({ kind }: Action): 1 | -1 => (kind === 'buy' || kind === 'sell' ? 1 : -1);
