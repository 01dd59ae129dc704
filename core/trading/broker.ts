import type { Account } from './account.ts';
import type { Fill } from './fill.ts';
import type { Profit } from './holdings.ts';
import type { Order, Refusal, Side } from './order.ts';
import type { Position } from './position.ts';
import type { Protection } from './protection.ts';

/** What the deciding side sees of a broker: what all fills so far have made. */
export interface BrokerView extends Readonly<Position>, Readonly<Account>, Readonly<Protection> {
  /** Index of the last bar that has closed. */
  readonly bar: number;
  /** Market orders that are placed and not filled. */
  readonly orders: readonly Order[];
  /** Limit orders that wait, in the order in which they were placed. */
  readonly resting: readonly Order[];
}

/**
 * Where orders go. One method for each kind of intent, called at a bar's close; what becomes of an order is told to the
 * `OrderListener`, at once or later, and seen in `view` at the close behind. The paper broker is one; a broker of a
 * market is another.
 */
export interface Broker {
  readonly view: BrokerView;
  /** Places an entry: with a limit it waits, and replaces the one of its action that waits already. */
  enter(order: Order): void;
  /** Places a market order that closes the position. */
  exit(order: Order): void;
  /** Withdraws the waiting entries of a side. */
  cancel(side: Side): void;
  /** Moves the trailing stop that follows a series, if that makes it tighter. */
  trail(level: number): void;
}

/** Why an order that was accepted ends without a (further) fill. */
export type CancelReason = 'replaced' | 'withdrawn' | 'ignored' | 'nothing to close' | 'position closed' | 'ruin';

/**
 * What a broker answers, in the order in which it happens. A fill is written over by the next: who keeps it copies it.
 * The broker's own orders (protection of a position, closing at ruin or at the end of a run) have action -1, and are
 * told like all others.
 */
export interface OrderListener {
  accepted(order: Order, bar: number): void;
  /** At the close that decides, or at its fill. */
  rejected(order: Order, bar: number, why: Refusal): void;
  cancelled(order: Order, bar: number, why: CancelReason): void;
  expired(order: Order, bar: number, why: Refusal): void;
  /** `isDone`: the order gets no more fills. */
  filled(order: Order, fill: Fill, isDone: boolean): void;
  /** A fill closes a position. Told before `filled`, with the position as it was before the fill. */
  closed(position: ClosedPosition, fill: Fill, profit: Profit): void;
  /** Nothing is left: all orders are cancelled with this. `action`: the one that had opened the position. */
  ruined(action: number, bar: number): void;
}

export interface ClosedPosition extends Readonly<Position> {
  /** Extremes of the prices seen since the entry, its fills among them. */
  readonly highest: number;
  readonly lowest: number;
}
