import { addDecimals } from '#core/elementary/add-decimals.ts';
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

/** A smaller part of all that margin allows is an error of rounding, not of trading. */
const ROUNDING = 1e-13;

/** Units that a size asks for, in whole lots, or why there can be none. */
export function unitsOf(
  { kind }: SizeKind,
  value: number,
  means: Means,
  { terms, lots }: { readonly terms: Terms; readonly lots: Lots | null },
): number | Refusal {
  // What rounding leaves over of "all of it" is no money to buy with.
  const hair = ROUNDING * Math.max(0, means.equity) * terms.leverage;
  if (kind !== 'units' && kind !== 'cash' && !(means.buyingPower > hair)) return () => 'There is no money left for it.';
  const wanted = wantedUnits(kind, value, means, terms);
  if (typeof wanted === 'function') return wanted;
  if (!(wanted > 0)) return () => 'The commission would take all of its money.';
  const units = lots ? lots.floor(wanted) : wanted;
  if (!(units > 0)) return () => `${priceText(wanted)} units round to no lot of ${terms.lot}.`;
  const cost = units * means.price + commissionOf(terms, units, means.price);
  // The bound is met exactly by "all of it": rounding must not refuse that.
  if (cost > means.buyingPower + hair)
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
      if (Number.isNaN(means.stop))
        return () => 'risk(…) needs a stop to measure the risk by, and it has none at this bar.';
      const distance = Math.abs(addDecimals(means.price, -means.stop));
      return distance > 0
        ? (value * means.equity) / distance
        : () => 'Its stop is at the entry price: no size has that risk.';
    }
  }
}

/** So many units that they and their commission cost `money`; not above 0 where the commission alone costs more. */
function affordable(money: number, price: number, { commission, commissionFixed, commissionMinimum }: Terms): number {
  const units = (commissionFixed === 0 ? money : addDecimals(money, -commissionFixed)) / (price * (1 + commission));
  return units * price * commission + commissionFixed < commissionMinimum
    ? addDecimals(money, -commissionMinimum) / price
    : units;
}
