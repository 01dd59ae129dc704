import type { ClosedPosition, OrderListener } from '../broker.ts';
import type { Fill } from '../fill.ts';
import type { Profit } from '../holdings.ts';
import { afterEvent, BEGINNING, type OrderEvent, type OrderLife } from '../order-life.ts';
import type { Order } from '../order.ts';

export interface LoggedEvent {
  /** A number for each order, in the order in which they were first heard of. */
  readonly order: number;
  readonly action: number;
  readonly bar: number;
  readonly event: OrderEvent;
  readonly fill?: Fill;
}

/**
 * Everything that a broker tells, with the state of each order. Throws when a broker tells what can't happen to an
 * order.
 */
export class OrderLog implements OrderListener {
  readonly events: LoggedEvent[] = [];
  readonly lives: OrderLife[] = [];
  /** One object may be an order again once the order before has ended. */
  readonly #live = new Map<Order, number>();

  get fills(): Fill[] {
    return this.events.flatMap(({ fill }) => fill ?? []);
  }

  accepted(order: Order, bar: number): void {
    if (this.#live.has(order)) throw new Error(`an order of action ${order.action} is accepted twice`);
    this.#begin(order);
    this.#append(order, bar, { type: 'accepted' });
  }

  rejected(order: Order, bar: number, why: () => string): void {
    if (!this.#live.has(order)) this.#begin(order);
    this.#append(order, bar, { type: 'rejected', why: why() });
  }

  cancelled(order: Order, bar: number, why: string): void {
    this.#append(order, bar, { type: 'cancelled', why });
  }

  expired(order: Order, bar: number, why: () => string): void {
    this.#append(order, bar, { type: 'expired', why: why() });
  }

  filled(order: Order, fill: Fill, isDone: boolean): void {
    this.#append(order, fill.bar, { type: 'filled', units: fill.units, isDone }, { ...fill });
  }

  closed(_position: ClosedPosition, _fill: Fill, _profit: Profit): void {
    // The fill itself is told behind.
  }

  ruined(_action: number, bar: number): void {
    for (const order of [...this.#live.keys()]) this.cancelled(order, bar, 'ruin');
  }

  #begin(order: Order): void {
    this.#live.set(order, this.lives.push(BEGINNING) - 1);
  }

  #append(order: Order, bar: number, event: OrderEvent, fill?: Fill): void {
    const id = this.#live.get(order);
    const life = id === undefined ? undefined : this.lives[id];
    if (id === undefined || !life)
      throw new Error(`${event.type} of an order of action ${order.action} that is not live`);
    const after = afterEvent(life, event);
    if (!after) throw new Error(`${event.type} of an order that is ${life.state}`);
    this.lives[id] = after;
    this.events.push({ order: id, action: order.action, bar, event, ...(fill ? { fill } : {}) });
    if (after.state !== 'working' && after.state !== 'partly filled') this.#live.delete(order);
  }
}
