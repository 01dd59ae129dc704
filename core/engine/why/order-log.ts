import type { CancelReason, OrderListener } from '#core/trading/broker.ts';
import type { Fill } from '#core/trading/fill.ts';
import type { Order, Refusal } from '#core/trading/order.ts';

/** What a broker told of one order, or of one of its own (action -1). */
export type Told =
  | { readonly kind: 'accepted'; readonly action: number; readonly bar: number }
  | { readonly kind: 'refused'; readonly action: number; readonly bar: number; readonly why: Refusal }
  | { readonly kind: 'cancelled'; readonly action: number; readonly bar: number; readonly why: CancelReason }
  | { readonly kind: 'expired'; readonly action: number; readonly bar: number; readonly why: Refusal }
  | { readonly kind: 'ruined'; readonly action: number; readonly bar: number }
  | (Pick<Fill, 'units' | 'price' | 'bar' | 'reason'> & {
      readonly kind: 'filled';
      readonly action: number;
      /** Whether it came behind what was decided at the close of its bar. */
      readonly isBehindClose: boolean;
    });

type Filled = Extract<Told, { kind: 'filled' }>;

/** Keeps what a broker tells of all orders of a run, in order. */
export class OrderLog implements OrderListener {
  readonly told: Told[] = [];
  readonly fills: Filled[] = [];
  /** The bars on which orders without a limit were placed that are not filled, by action. */
  readonly #placed = new Map<number, number>();
  /** The last bar at whose close something was filled. */
  #filledAtClose = -1;

  accepted(order: Order, bar: number): void {
    // Those of the broker's own protect a position from within its bar on.
    if (order.action >= 0 && Number.isNaN(order.limit)) this.#placed.set(order.action, bar);
    this.told.push({ kind: 'accepted', action: order.action, bar });
  }

  rejected(order: Order, bar: number, why: Refusal): void {
    this.#placed.delete(order.action);
    this.told.push({ kind: 'refused', action: order.action, bar, why });
  }

  cancelled(order: Order, bar: number, why: CancelReason): void {
    this.told.push({ kind: 'cancelled', action: order.action, bar, why });
  }

  expired(order: Order, bar: number, why: Refusal): void {
    this.told.push({ kind: 'expired', action: order.action, bar, why });
  }

  filled(order: Order, { units, price, bar, reason, action }: Fill): void {
    if (this.#placed.get(order.action) === bar) this.#filledAtClose = bar;
    const isBehindClose = this.#filledAtClose === bar || reason === 'end' || reason === 'ruin';
    const fill: Filled = { kind: 'filled', action, bar, units, price, reason, isBehindClose };
    this.told.push(fill);
    this.fills.push(fill);
  }

  closed(): void {}

  ruined(action: number, bar: number): void {
    this.told.push({ kind: 'ruined', action, bar });
  }

  /** What is held at the close of a bar when the strategy decides, and since which bar. */
  heldAt(bar: number): { readonly units: number; readonly since: number } {
    let units = 0;
    let since = -1;
    for (const fill of this.fills) {
      if (fill.bar > bar || (fill.bar === bar && fill.isBehindClose)) break;
      if (units === 0) since = fill.bar;
      units = fill.reason === 'entry' ? units + fill.units : 0;
    }
    return { units, since };
  }

  /** Index of what was told first at or behind a bar. */
  indexFrom(bar: number): number {
    let [low, high] = [0, this.told.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.told[middle]?.bar ?? Number.POSITIVE_INFINITY) < bar) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
