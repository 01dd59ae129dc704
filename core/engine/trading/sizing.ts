import { priceText } from '#core/market/price-digits.ts';
import type { Settings } from '../outcome/settings.ts';
import type { Size } from '../plan/plan.ts';
import type { Lots } from './lots.ts';

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

/** What a fill of so many units costs in commission. */
export const commissionOf = (settings: Settings, units: number, price: number): number =>
  units === 0
    ? 0
    : Math.max(settings.commissionMinimum, units * price * settings.commission + settings.commissionFixed);

/** Fractions below this are errors of rounding, not of trading. */
const ROUNDING = 1e-9;

/** Why an order can't be: words, made only when somebody reads them. */
export type Refusal = () => string;

/** Why no order can have this size. */
export function sizeRefusal(value: number): Refusal | null {
  if (Number.isNaN(value)) return () => 'Its size is na at this bar.';
  return value > 0 ? null : () => `Its size is ${value}: it must be above 0.`;
}

/** Units that a size asks for, in whole lots, or why there can be none. */
export function unitsOf(
  size: Size,
  value: number,
  means: Means,
  settings: Settings,
  lots: Lots | null,
): number | Refusal {
  const wanted = wantedUnits(size, value, means, settings);
  if (typeof wanted === 'function') return wanted;
  const units = lots ? lots.floor(wanted) : wanted;
  if (lots && !(units > 0)) return () => `${priceText(wanted)} units round to no lot of ${settings.lot}.`;
  // What rounding leaves over of "all of it" is no money to buy with.
  if (!(units * means.price > ROUNDING * Math.max(0, means.equity))) return () => 'There is no money left for it.';
  const cost = units * means.price + commissionOf(settings, units, means.price);
  // The bound is met exactly by "all of it": rounding must not refuse that.
  if (cost > means.buyingPower * (1 + ROUNDING))
    return () => `It costs ${priceText(cost)}, and ${priceText(Math.max(0, means.buyingPower))} can be spent.`;
  return units;
}

function wantedUnits({ kind }: Size, value: number, means: Means, settings: Settings): number | Refusal {
  switch (kind) {
    case 'units':
      return value;
    case 'cash':
      return affordable(value, means.price, settings);
    case 'fraction':
      return affordable(Math.min(value * means.equity, means.buyingPower), means.price, settings);
    case 'free':
      return affordable(value * means.buyingPower, means.price, settings);
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
function affordable(
  money: number,
  price: number,
  { commission, commissionFixed, commissionMinimum }: Settings,
): number {
  const units = (money - commissionFixed) / (price * (1 + commission));
  return units * price * commission + commissionFixed < commissionMinimum ? (money - commissionMinimum) / price : units;
}
