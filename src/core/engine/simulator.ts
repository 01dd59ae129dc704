import type { Bars } from '../market/bars.ts';
import { priceText } from '../market/price-digits.ts';
import type { BarCursor } from './bar-cursor.ts';
import type { Columns } from './batch.ts';
import type { Journal } from './journal.ts';
import { Ledger } from './ledger.ts';
import { decide, openDesk, read, type Desk, type Order } from './order.ts';
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
  readonly #desks: readonly Desk[];
  readonly #exits: readonly Desk[];
  readonly #entries: readonly Desk[];

  constructor({ actions }: Plan, settings: Settings, bar: BarCursor, journal: Journal | null, state: SimulatorState = startState(settings)) {
    this.#desks = actions.map(openDesk);
    this.#exits = this.#desks.filter(({ action, isEntry }) => !isEntry && action.kind !== 'info');
    this.#entries = this.#desks.filter(({ isEntry }) => isEntry);
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
    if (!state.ruined) this.decide(columns, at);
    if (state.orders.length > 0 && settings.fill === 'close') this.#fillMarket(bar.close);
    if (isTrailing(state)) moveTrail(this.ledger, columns, at);
    this.ledger.account();
    if (state.equity <= 0 && !state.ruined) this.#ruin();
  }

  /** Tells the signals of a bar that was passed over, since they change nothing. */
  tellSignals(columns: Columns, at: number, bar: number, { time, close }: Bars): void {
    const { journal } = this.ledger;
    if (!journal) return;
    for (const { action } of this.#desks) if (read(action.when, columns, at) === 1) tell(journal, action, bar, time[bar] ?? 0, close[bar] ?? Number.NaN);
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
  decide(columns: Columns, at: number): void {
    const { journal } = this.ledger;
    if (journal) this.#tell(journal, columns, at);
    for (const desk of this.#exits) if (read(desk.action.when, columns, at) === 1) this.#decideExit(desk, columns, at);
    for (const desk of this.#entries) if (read(desk.action.when, columns, at) === 1) this.#decideEntry(desk, columns, at);
  }

  #tell(journal: Journal, columns: Columns, at: number): void {
    const { state, bar } = this.ledger;
    for (const { action } of this.#desks) if (read(action.when, columns, at) === 1) tell(journal, action, state.bar, bar.time, bar.close);
  }

  /** It withdraws the entries that wait for a limit, too. */
  #decideExit(desk: Desk, columns: Columns, at: number): void {
    const { state, bar } = this.ledger;
    if (state.resting.length > 0) state.resting = state.resting.filter(({ action }) => this.#desks[action]?.side !== desk.side);
    if (state.units * desk.side > 0) state.orders.push(decide(desk, columns, at, desk.steady ? 0 : bar.close));
  }

  #decideEntry(desk: Desk, columns: Columns, at: number): void {
    const { state, bar } = this.ledger;
    const { action, index, side, steady } = desk;
    // It could only be ignored when it is filled.
    if (state.units * side > 0 && state.adds >= action.adds && !this.#isLeaving()) return;
    const order = decide(desk, columns, at, steady ? 0 : bar.close);
    if (action.limit === null) state.orders.push(order);
    else if (Number.isNaN(order.limit)) this.ledger.reject(index, () => 'Its limit is na at this bar.');
    // The newer order of an action replaces the older one.
    else state.resting = [...state.resting.filter((other) => other.action !== index), order];
  }

  #isLeaving(): boolean {
    return this.ledger.state.orders.some(({ action }) => this.#desks[action]?.isEntry === false);
  }

  /** Exits go first. */
  #fillMarket(price: number): void {
    const { ledger } = this;
    const { state } = ledger;
    const { orders } = state;
    for (let i = 0; i < orders.length; i += 1) {
      const desk = this.#deskOf(orders[i]);
      if (desk && !desk.isEntry && state.units * desk.side > 0) ledger.exit(ledger.slipped(price, -desk.side), 'signal', desk.action.node);
    }
    for (let i = 0; i < orders.length; i += 1) {
      const order = orders[i];
      const desk = this.#deskOf(order);
      if (order && desk?.isEntry) ledger.enter(order, desk.side, ledger.slipped(price, desk.side));
    }
    // A new list each time would be most of what a trade costs.
    while (orders.length > 0) orders.pop();
  }

  #deskOf(order: Order | undefined): Desk | undefined {
    return order && this.#desks[order.action];
  }

  #fillLimits(): void {
    const { state, bar } = this.ledger;
    const waiting: Order[] = [];
    for (const order of state.resting) {
      const side = this.#deskOf(order)?.side ?? 1;
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
    const expires = this.#deskOf(order)?.action.expires ?? 0;
    if (age < expires) waiting.push({ ...order, age });
    else this.ledger.reject(order.action, () => `Its limit of ${priceText(order.limit)} was not reached within ${expires === 1 ? 'a bar' : `${expires} bars`}.`);
  }
}

function tell(journal: Journal, { node, kind, note }: Action, bar: number, time: number, price: number): void {
  const signal = { bar, time, node, kind, price };
  journal.signals.push(note === undefined ? signal : { ...signal, note });
}
