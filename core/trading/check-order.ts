import { toDecimal } from '#core/elementary/to-decimal.ts';
import { isPrice } from './levels.ts';
import type { LevelKind, Order, OrderTerms, Refusal } from './order.ts';
import { isTrailing, type Protection } from './protection.ts';
import type { Terms } from './terms.ts';

/**
 * Why the order of an entry can't be placed, whatever its fill would be: what it needs is `na` or no price, or shorting
 * is off. Null when it can. `held`: the position that it adds to; null when it opens one.
 */
export function whyNotPlaced(
  terms: OrderTerms,
  order: Order,
  { short }: Pick<Terms, 'short'>,
  held: Readonly<Protection> | null,
): Refusal | null {
  const { side } = terms;
  if (side < 0 && !short) return () => 'Shorting is switched off in the settings.';
  return (
    sizeRefusal(order.size) ??
    (terms.limit && levelRefusal('limit', NO_FRACTION, order.limit, 1)) ??
    whyUnprotected(terms, order, held) ??
    levelRefusal('stop', terms.stop, order.stop, -side) ??
    levelRefusal('target', terms.target, order.target, side) ??
    levelRefusal('trail', terms.trail, order.trail, -side)
  );
}

/**
 * Why a fill of the order would leave the position without what its terms set: that is `na`, and the position that it
 * adds to has none either.
 */
export function whyUnprotected(
  { stop, target, trail }: Pick<OrderTerms, 'stop' | 'target' | 'trail'>,
  order: Order,
  held: Readonly<Protection> | null,
): Refusal | null {
  if (stop && Number.isNaN(order.stop) && !(held && !Number.isNaN(held.stop)))
    return () => 'Its stop is na at this bar.';
  if (target && Number.isNaN(order.target) && !(held && !Number.isNaN(held.target)))
    return () => 'Its target is na at this bar.';
  if (trail && Number.isNaN(order.trail) && !(held && isTrailing(held))) return () => 'Its trail is na at this bar.';
  return null;
}

/** Why no order can have this size. */
function sizeRefusal(value: number): Refusal | null {
  if (Number.isNaN(value)) return () => 'Its size is na at this bar.';
  return value > 0 ? null : () => `Its size is ${toDecimal(value)}: it must be above 0.`;
}

/** The limit of an order is a price, whatever its terms have. */
const NO_FRACTION = { percent: false };

/** Of a price that there can't be, or a limit that is not there. `towards`: where a fraction leads, up or down. */
function levelRefusal(name: string, level: LevelKind | null, value: number, towards: number): Refusal | null {
  if (!level) return null;
  if (Number.isNaN(value)) return name === 'limit' ? () => 'Its limit is na at this bar.' : null;
  if (isPrice(level.percent ? 1 + towards * value : value)) return null;
  return () =>
    `Its ${name} of ${level.percent ? `${toDecimal(value * 100)}%` : toDecimal(value)} is no price that there can be.`;
}
