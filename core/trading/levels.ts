import { toDecimal } from '#core/elementary/to-decimal.ts';
import type { LevelKind, Side } from './order.ts';

export const isPrice = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;

/** The price of a stop of a position entered at `entry`, where `value` may be a fraction of that price. */
export const stopPriceOf = (level: LevelKind | null, value: number, entry: number, side: Side): number =>
  level?.percent ? movedBy(entry, -side * value) : value;

/**
 * A price and a fraction of it, as people reckon it: 1.1 and 10% are 1.21. Doubles make 1.2100000000000002, which a
 * high of 1.21 does not reach.
 */
export const movedBy = (price: number, fraction: number): number =>
  fraction === 0 ? price : toDecimal(price + price * fraction);

/** Where a trailing stop stands that may move to `level`: it only ever tightens. */
export const tightened = (trail: number, level: number, side: Side): number => {
  if (Number.isNaN(trail)) return level;
  return (level - trail) * side > 0 ? level : trail;
};
