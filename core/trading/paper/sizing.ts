import { priceText } from '#core/market/price-digits.ts';
import type { Lots } from '../lots.ts';
import type { Refusal, SizeKind } from '../order.ts';
import { commissionOf, type Terms } from '../terms.ts';

/** What an order is sized by, at its fill. */
export interface Means {
  readonly price: number;
  /** Equity at that price. */
  readonly equity: number;
  /** Notional that may still be bought: equity times leverage, less what is held. */
  readonly buyingPower: number;
  /** Price of the stop; NaN without one. */
  readonly stop: number;
}

/** Fractions below this are errors of rounding, not of trading. */
const ROUNDING = 1e-9;

/** Units that a size asks for, in whole lots, or why there can be none. */
export function unitsOf(
  { kind }: SizeKind,
  value: number,
  means: Means,
  { terms, lots }: { readonly terms: Terms; readonly lots: Lots | null },
): number | Refusal {
  const wanted = wantedUnits(kind, value, means, terms);
  if (typeof wanted === 'function') return wanted;
  const units = lots ? lots.floor(wanted) : wanted;
  if (lots && !(units > 0)) return () => `${priceText(wanted)} units round to no lot of ${terms.lot}.`;
  // What rounding leaves over of "all of it" is no money to buy with.
  if (!(units * means.price > ROUNDING * Math.max(0, means.equity))) return () => 'There is no money left for it.';
  const cost = units * means.price + commissionOf(terms, units, means.price);
  // The bound is met exactly by "all of it": rounding must not refuse that.
  if (cost > means.buyingPower * (1 + ROUNDING))
    return () => `It costs ${priceText(cost)}, and ${priceText(Math.max(0, means.buyingPower))} can be spent.`;
  return units;
}

function wantedUnits(kind: SizeKind['kind'], value: number, means: Means, terms: Terms): number | Refusal {
  switch (kind) {
    case 'units':
      return value;
    case 'cash':
      return affordable(value, means.price, terms);
    case 'fraction':
      return affordable(Math.min(value * means.equity, means.buyingPower), means.price, terms);
    case 'free':
      return affordable(value * means.buyingPower, means.price, terms);
    case 'risk': {
      const distance = Math.abs(means.price - means.stop);
      if (Number.isNaN(distance))
        return () => 'risk(…) needs a stop to measure the risk by, and it has none at this bar.';
      return distance > 0
        ? (value * means.equity) / distance
        : () => 'Its stop is at the entry price: no size has that risk.';
    }
  }
}

/** So many units that they and their commission cost `money`. */
function affordable(money: number, price: number, { commission, commissionFixed, commissionMinimum }: Terms): number {
  const units = (money - commissionFixed) / (price * (1 + commission));
  return units * price * commission + commissionFixed < commissionMinimum ? (money - commissionMinimum) / price : units;
}
