import type { Columns } from '../columns/batch.ts';
import type { Journal } from '../outcome/journal.ts';
import type { Settings } from '../outcome/settings.ts';
import type { Action, Plan } from '../plan/plan.ts';
import type { BarCursor } from './bar-cursor.ts';
import { BarPath } from './bar-path.ts';
import { decide, isSameOrder, isTrailing, openDesk, read, whyNotPlaced, type Desk } from './desk.ts';
import { Ledger } from './ledger.ts';
import type { Order } from './order.ts';
import { canEnd, leaveIfBeyond, moveTrail } from './protection.ts';
import { startState, type SimulatorState } from './simulator-state.ts';

/**
 * Trades the actions of a plan, one bar after the other: *Time and fills* of the engine's rules. `openBar` fills what was decided before,
 * then stops, targets and limits on the way through the bar; `closeBar` decides what is next. Batch, preview and bots run this one.
 */
export class Simulator {
  readonly ledger: Ledger;
  readonly #desks: readonly Desk[];
  readonly #infos: readonly Desk[];
  readonly #exits: readonly Desk[];
  readonly #entries: readonly Desk[];
  readonly #path: BarPath;
  /** What the orders of a bar lead to when all of them are filled: a number with the sign of the position, and its additions. */
  #nextSide = 0;
  #nextAdds = 0;

  constructor(
    { actions }: Plan,
    settings: Settings,
    bar: BarCursor,
    journal: Journal | null,
    state: SimulatorState = startState(settings),
  ) {
    this.#desks = actions.map((action, index) => openDesk(action, index, settings));
    this.#infos = this.#desks.filter(({ action }) => action.kind === 'info');
    this.#exits = this.#desks.filter(({ action, isEntry }) => !isEntry && action.kind !== 'info');
    this.#entries = this.#desks.filter(({ isEntry }) => isEntry);
    this.ledger = new Ledger(actions, settings, state, bar, journal);
    this.#path = new BarPath(this.ledger, this.#desks);
  }

  get state(): SimulatorState {
    return this.ledger.state;
  }

  get drawdown(): number {
    return this.ledger.drawdown;
  }

  /** Whether there are signals that bars without consequence may have. */
  get hasInfos(): boolean {
    return this.#infos.length > 0;
  }

  /** What happens while the bar of the cursor is open. Afterwards the state is that at its close, before anything is decided. */
  openBar(): void {
    const { ledger } = this;
    const { state, bar } = ledger;
    state.bar += 1;
    if (state.orders.length > 0) this.#fillMarket(bar.open);
    // Prices that nobody asks for are not fetched.
    if (state.units !== 0 && canEnd(state)) leaveIfBeyond(ledger, bar.open);
    if (state.resting.length > 0) this.#path.open(bar.open);
    if (state.resting.length > 0 || (state.units !== 0 && (ledger.followsExtremes || canEnd(state)))) this.#path.walk();
    state.equity = state.cash + state.units * bar.close;
  }

  /** Decides by the values at the close (`columns`, at index `at`), fills at once where the settings say so, and moves the trailing stop. */
  closeBar(columns: Columns, at: number): void {
    const { ledger } = this;
    const { state, bar, settings } = ledger;
    if (!state.ruined) this.decide(columns, at);
    if (state.orders.length > 0 && settings.fill === 'close') {
      this.#fillMarket(bar.close);
      leaveIfBeyond(ledger, bar.close);
    }
    if (isTrailing(state)) moveTrail(ledger, columns, at);
    ledger.account();
    if (state.equity <= 0 && state.units !== 0) this.#close('ruin');
  }

  /** Closes what is open at the last close. */
  finish(): void {
    if (this.state.units !== 0 && this.ledger.settings.closeAtEnd) this.#close('end');
  }

  #close(reason: 'ruin' | 'end'): void {
    const { ledger } = this;
    ledger.exit(ledger.slipped(ledger.bar.close, -ledger.state.units), reason);
    ledger.account();
  }

  /** Exits are decided before entries, so that it does not matter in which order the formula names them. */
  decide(columns: Columns, at: number): void {
    const { state, bar } = this.ledger;
    if (this.hasInfos) this.tellInfos(columns, at, state.bar, bar.time, bar.close);
    for (const desk of this.#exits) if (read(desk.action.when, columns, at) === 1) this.#decideExit(desk, columns, at);
    const isLeaving = state.orders.length > 0;
    this.#nextSide = isLeaving ? 0 : state.units;
    this.#nextAdds = state.adds;
    for (const desk of this.#entries)
      if (read(desk.action.when, columns, at) === 1) this.#decideEntry(desk, columns, at, isLeaving);
  }

  /** An `info` says when its condition becomes true, or that it is at every bar. They change nothing: a bar that is passed over has them too. */
  tellInfos(columns: Columns, at: number, bar: number, time: number, price: number): void {
    const { journal, state } = this.ledger;
    if (!journal) return;
    for (const { action, index } of this.#infos) {
      const isTrue = read(action.when, columns, at) === 1;
      if (isTrue && (action.every || !state.informed[index])) tell(journal, action, bar, time, price);
      state.informed[index] = isTrue;
    }
  }

  /** A signal says that something is to be done: there is none without an order. */
  #signal(action: Action): void {
    const { journal, state, bar } = this.ledger;
    if (journal) tell(journal, action, state.bar, bar.time, bar.close);
  }

  /** It withdraws the entries that wait for a limit, too. */
  #decideExit(desk: Desk, columns: Columns, at: number): void {
    const { state, bar } = this.ledger;
    if (state.resting.length > 0)
      state.resting = state.resting.filter(({ action }) => this.#desks[action]?.side !== desk.side);
    // A second exit would find nothing to close.
    if (state.units * desk.side <= 0 || state.orders.length > 0) return;
    state.orders.push(decide(desk, columns, at, bar));
    this.#signal(desk.action);
  }

  #decideEntry(desk: Desk, columns: Columns, at: number, isLeaving: boolean): void {
    const { state, bar, settings } = this.ledger;
    const { action, index, side } = desk;
    // It could only be ignored when it is filled.
    if (state.units * side > 0 && state.adds >= action.adds && !isLeaving) return;
    const order = decide(desk, columns, at, bar);
    const refusal = whyNotPlaced(desk, order, settings, state.units * side > 0 && !isLeaving ? state : null);
    if (refusal) return this.ledger.reject(index, refusal);
    const isAdd = this.#nextSide * side > 0;
    const isWanted = !isAdd || this.#nextAdds < action.adds;
    if (action.limit !== null) return this.#rest(order, isWanted);
    state.orders.push(order);
    this.#nextSide = side;
    if (!isWanted) return;
    this.#nextAdds = isAdd ? this.#nextAdds + 1 : 0;
    this.#signal(action);
  }

  /** The newer limit order of an action replaces the older one. One that asks for the same needs nothing to be done. */
  #rest(order: Order, isWanted: boolean): void {
    const { ledger } = this;
    const { state } = ledger;
    const action = ledger.actions[order.action];
    if (!action) return;
    const older = state.resting.find((other) => other.action === order.action);
    state.resting = [
      ...state.resting.filter((other) => other !== older),
      { ...order, until: state.bar + action.expires },
    ];
    if (isWanted && !(older && isSameOrder(older, order))) this.#signal(action);
  }

  /** Exits go first. */
  #fillMarket(price: number): void {
    const { ledger } = this;
    const { state } = ledger;
    const { orders } = state;
    for (let i = 0; i < orders.length; i += 1) {
      const desk = this.#deskOf(orders[i]);
      if (desk && !desk.isEntry && state.units * desk.side > 0)
        ledger.exit(ledger.slipped(price, -desk.side), 'signal', desk.action.node);
    }
    for (let i = 0; i < orders.length && !state.ruined; i += 1) {
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
}

function tell(journal: Journal, { node, kind, note }: Action, bar: number, time: number, price: number): void {
  const signal = { bar, time, node, kind, price };
  journal.signals.push(note === undefined ? signal : { ...signal, note });
}
