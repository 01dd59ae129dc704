import type { Broker } from '../broker.ts';
import { movedBy, isPrice, tightened } from '../levels.ts';
import type { Order, Side } from '../order.ts';
import { sideOf } from '../position.ts';
import { isTrailing } from '../protection.ts';
import { BarPath } from './bar-path.ts';
import { canEnd, leaveIfBeyond } from './ends.ts';
import { Ledger, type PaperBook } from './ledger.ts';
import type { PaperState } from './paper-state.ts';

/**
 * A broker on paper: fills orders by bars, one bar after the other, by *Time and fills* of the engine's rules. In this
 * order at each bar: `openBar` fills what was placed before, then stops, targets and limits on the way through the bar;
 * at the close the strategy places orders; `fillAtClose` fills those that fill there; the strategy moves a trailing
 * stop that follows a series; `endBar` values what is held.
 */
export class PaperBroker implements Broker {
  readonly ledger: Ledger;
  readonly view: PaperState;
  readonly #path: BarPath;

  constructor(book: PaperBook, state: PaperState) {
    this.ledger = new Ledger(book, state);
    this.view = state;
    this.#path = new BarPath(this.ledger);
  }

  enter(order: Order): void {
    if (Number.isNaN(order.limit)) this.#place(order);
    else this.#rest(order);
  }

  #rest(order: Order): void {
    const { listener, orderTerms, state } = this.ledger;
    const { expires = Number.POSITIVE_INFINITY } = orderTerms[order.action] ?? {};
    const older = state.resting.find((other) => other.action === order.action);
    const placed = { ...order, until: state.bar + expires };
    state.resting = [...state.resting.filter((other) => other !== older), placed];
    if (older) listener.cancelled(older, state.bar, 'replaced');
    listener.accepted(placed, state.bar);
  }

  exit(order: Order): void {
    this.#place(order);
  }

  #place(order: Order): void {
    const { isDetailed, listener, state } = this.ledger;
    state.orders.push(order);
    if (isDetailed) listener.accepted(order, state.bar);
  }

  cancel(side: Side): void {
    const { listener, orderTerms, state } = this.ledger;
    if (state.resting.length === 0) return;
    const isOfSide = ({ action }: Order): boolean => orderTerms[action]?.side === side;
    const withdrawn = state.resting.filter(isOfSide);
    if (withdrawn.length === 0) return;
    state.resting = state.resting.filter((order) => !isOfSide(order));
    for (const order of withdrawn) listener.cancelled(order, state.bar, 'withdrawn');
  }

  /** A level that is missing leaves the stop where it is. */
  trail(level: number): void {
    const { state } = this.ledger;
    if (isPrice(level)) state.trail = tightened(state.trail, level, sideOf(state));
  }

  /**
   * What happens while the bar of the cursor is open. Afterwards the state is that at its close, before anything is
   * decided.
   */
  openBar(): void {
    const { ledger } = this;
    const { bar, state } = ledger;
    state.bar += 1;
    // Prices that nobody asks for are not fetched.
    if (state.orders.length > 0 || state.units !== 0 || state.resting.length > 0) this.#atOpen(bar.open);
    if (state.resting.length > 0 || (state.units !== 0 && (ledger.followsExtremes || canEnd(state)))) this.#path.walk();
    state.equity = state.cash + state.units * bar.close;
  }

  #atOpen(open: number): void {
    const { ledger } = this;
    const { state } = ledger;
    if (state.orders.length > 0) this.#fillMarket(open);
    if (state.units !== 0 && canEnd(state)) leaveIfBeyond(ledger, open);
    if (state.resting.length > 0) this.#path.open(open);
  }

  /** Market orders fill at the close that decides them, where the terms say so. */
  fillAtClose(): void {
    const { ledger } = this;
    if (ledger.state.orders.length === 0 || ledger.terms.fill !== 'close') return;
    const { close } = ledger.bar;
    this.#fillMarket(close);
    leaveIfBeyond(ledger, close);
  }

  /**
   * Moves a trailing stop that keeps a fraction off the best price, values what is held, and ends what is worth
   * nothing.
   */
  endBar(): void {
    const { ledger } = this;
    const { state } = ledger;
    if (isTrailing(state) && state.trailAction < 0) this.trail(trailLevel(state));
    ledger.account();
    if (state.equity <= 0 && state.units !== 0) this.#close('ruin');
  }

  /** Closes what is open at the close. */
  closeOut(): void {
    if (this.ledger.state.units !== 0) this.#close('end');
  }

  #close(reason: 'ruin' | 'end'): void {
    const { ledger } = this;
    ledger.end(ledger.slipped(ledger.bar.close, -ledger.state.units), reason);
    ledger.account();
  }

  /** Exits go first. */
  #fillMarket(price: number): void {
    const { ledger } = this;
    const { listener, orderTerms, state } = ledger;
    const { orders } = state;
    for (let i = 0; i < orders.length; i += 1) {
      const order = orders[i];
      const terms = order && orderTerms[order.action];
      if (!order || !terms || terms.isEntry) continue;
      if (state.units * terms.side > 0) ledger.exit(order, ledger.slipped(price, -terms.side));
      else listener.cancelled(order, state.bar, 'nothing to close');
    }
    for (let i = 0; i < orders.length && !state.ruined; i += 1) {
      const order = orders[i];
      const terms = order && orderTerms[order.action];
      if (order && terms?.isEntry) ledger.enter(order, terms.side, ledger.slipped(price, terms.side));
    }
    // A new list each time would be most of what a trade costs.
    while (orders.length > 0) orders.pop();
  }
}

/** Where a trailing stop that keeps a fraction off the best price stands. */
function trailLevel(state: PaperState): number {
  const side = sideOf(state);
  return movedBy(side > 0 ? state.highest : state.lowest, -side * state.trailFraction);
}
