import type { Broker } from '#core/trading/broker.ts';
import { isSameOrder } from '#core/trading/order.ts';
import type { Terms } from '#core/trading/terms.ts';
import type { Columns } from '../columns/batch.ts';
import { orderAt, read, readPrice, whyNotAt, type BarPrices, type Desk } from './desk.ts';
import type { RunRecord } from './run-record.ts';

/** What the decider knows of the closes before, as plain values: stored by the bots. */
export interface DeciderState {
  /** By the index of its action: whether the condition of an `info` was true at the close before. */
  informed: boolean[];
}

/** A bar that has closed, with its open in UTC milliseconds. */
export interface ClosedBar extends BarPrices {
  readonly time: number;
}

/**
 * The strategy's side: decides at each close what is wanted of the broker, by the values at that close and by what the
 * broker's fills have made so far. The decider sees nothing that comes later, and does not know how orders are filled.
 */
export class Decider {
  readonly #broker: Broker;
  readonly #terms: Terms;
  readonly #bar: ClosedBar;
  readonly #record: RunRecord;
  readonly #state: DeciderState;
  readonly #desks: readonly Desk[];
  readonly #infos: readonly Desk[];
  readonly #exits: readonly Desk[];
  readonly #entries: readonly Desk[];
  /**
   * What the orders of a bar lead to when all of them are filled: a number with the sign of the position, and its
   * additions.
   */
  #nextSide = 0;
  #nextAdds = 0;

  constructor(
    desks: readonly Desk[],
    broker: Broker,
    { terms, bar, record }: { readonly terms: Terms; readonly bar: ClosedBar; readonly record: RunRecord },
    state: DeciderState,
  ) {
    this.#desks = desks;
    this.#infos = desks.filter(({ action }) => action.kind === 'info');
    this.#exits = desks.filter(({ action, terms: { isEntry } }) => !isEntry && action.kind !== 'info');
    this.#entries = desks.filter(({ terms: { isEntry } }) => isEntry);
    this.#broker = broker;
    this.#terms = terms;
    this.#bar = bar;
    this.#record = record;
    this.#state = state;
  }

  /** Whether there are signals that bars without consequence may have. */
  get hasInfos(): boolean {
    return this.#infos.length > 0;
  }

  /** Exits are decided before entries, so that it does not matter in which order the formula names them. */
  decide(columns: Columns, at: number): void {
    const { view } = this.#broker;
    const bar = this.#bar;
    if (this.hasInfos) this.signalInfos(columns, at, view.bar, bar);
    for (const desk of this.#exits) if (read(desk.action.when, columns, at) === 1) this.#decideExit(desk, columns, at);
    const isLeaving = view.orders.length > 0;
    this.#nextSide = isLeaving ? 0 : view.units;
    this.#nextAdds = view.adds;
    for (const desk of this.#entries)
      if (read(desk.action.when, columns, at) === 1) this.#decideEntry(desk, columns, at, isLeaving);
  }

  /** Moves the trailing stop along the series that it follows. */
  moveTrail(columns: Columns, at: number): void {
    const trail = this.#desks[this.#broker.view.trailAction]?.action.trail;
    if (trail) this.#broker.trail(readPrice(trail, columns, at, this.#bar));
  }

  /**
   * An `info` says when its condition becomes true, or that it is at every bar. They change nothing: a bar that is
   * passed over has them too.
   */
  signalInfos(columns: Columns, at: number, bar: number, { time, close }: Pick<ClosedBar, 'time' | 'close'>): void {
    const record = this.#record;
    if (!record.journal) return;
    for (const { action, index } of this.#infos) {
      const isTrue = read(action.when, columns, at) === 1;
      if (isTrue && (action.every || !this.#state.informed[index])) record.signal(action, bar, time, close);
      this.#state.informed[index] = isTrue;
    }
  }

  /** A signal says that something is to be done: there is none without an order. */
  #signal({ action }: Desk): void {
    if (this.#record.journal) this.#record.signal(action, this.#broker.view.bar, this.#bar.time, this.#bar.close);
  }

  /** It withdraws the entries that wait for a limit, too. */
  #decideExit(desk: Desk, columns: Columns, at: number): void {
    const broker = this.#broker;
    const { side } = desk.terms;
    broker.cancel(side);
    // A second exit would find nothing to close.
    if (broker.view.units * side <= 0 || broker.view.orders.length > 0) return;
    broker.exit(orderAt(desk, columns, at, this.#bar));
    this.#signal(desk);
  }

  #decideEntry(desk: Desk, columns: Columns, at: number, isLeaving: boolean): void {
    const broker = this.#broker;
    const { view } = broker;
    const { side, adds, limit } = desk.terms;
    // It could only be ignored when it is filled.
    if (view.units * side > 0 && view.adds >= adds && !isLeaving) return;
    const order = orderAt(desk, columns, at, this.#bar);
    const refusal = whyNotAt(desk, order, this.#terms, view.units * side > 0 && !isLeaving ? view : null);
    if (refusal) return this.#record.rejected(order, view.bar, refusal);
    const isAdd = this.#nextSide * side > 0;
    const isWanted = !isAdd || this.#nextAdds < adds;
    // An order that replaces its equal needs nothing to be done.
    const older = limit && view.resting.find(({ action }) => action === order.action);
    broker.enter(order);
    if (!limit) {
      this.#nextSide = side;
      if (isWanted) this.#nextAdds = isAdd ? this.#nextAdds + 1 : 0;
    }
    if (isWanted && !(older && isSameOrder(older, order))) this.#signal(desk);
  }
}
