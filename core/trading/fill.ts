import { toDecimal } from '#core/elementary/to-decimal.ts';

/** Why the broker closes a position by itself. */
export type EndReason = 'stop' | 'target' | 'trail' | 'end' | 'ruin';

/** Why a fill closes a position. */
export type ExitReason = 'signal' | 'reversed' | EndReason;

/** So many units that changed hands at a price: what positions and accounts are made of, whoever the broker is. */
export interface Fill {
  /** Bought above 0, sold below. */
  readonly units: number;
  readonly price: number;
  /** In money, 0 or more. */
  readonly commission: number;
  /** The bar on which the fill happened, and its open in UTC milliseconds; NaN where nobody wants to know. */
  readonly bar: number;
  readonly time: number;
  /**
   * Index of the action of the strategy that the order comes from; -1: the broker's own (a stop, a target, ruin, the
   * end of a run).
   */
  readonly action: number;
  readonly reason: 'entry' | ExitReason;
}

/** The money that a fill moves, in 15 digits. */
export const notionalOf = ({ units, price }: Pick<Fill, 'units' | 'price'>): number =>
  toDecimal(Math.abs(units) * price);
