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
  fraction === 0 ? price : toDecimal(price * keptOf(fraction));

/** The last bit of a fraction between a half and 1. */
const LAST_BIT = 2 ** -53;

/**
 * 1 and a fraction. Near -1 digits cancel, and the last bit of -0.999, which is no double, is a large part of the 0.001
 * that is left: a fraction that is a decimal of 15 digits leaves one. The subtraction itself is exact there.
 */
function keptOf(fraction: number): number {
  const kept = 1 + fraction;
  if (kept >= 0.5) return kept;
  const decimal = Math.round(kept * 1e15) / 1e15;
  return Math.abs(decimal - kept) <= LAST_BIT ? decimal : kept;
}

/** Where a trailing stop stands that may move to `level`: it only ever tightens. */
export const tightened = (trail: number, level: number, side: Side): number => {
  if (Number.isNaN(trail)) return level;
  return (level - trail) * side > 0 ? level : trail;
};
