import { addDecimals } from '#core/elementary/add-decimals.ts';
import { toDecimal } from '#core/elementary/to-decimal.ts';
import { openAccount, type Account } from './account.ts';
import { notionalOf, type Fill } from './fill.ts';
import type { Lots } from './lots.ts';
import { FLAT, isClosing, takeFill, type Position } from './position.ts';

/** What somebody has at a broker. */
export interface Holdings extends Position, Account {}

export const openHoldings = (cash: number): Readonly<Holdings> => ({ ...FLAT, ...openAccount(cash) });

/** The price at which a position leaves no equity, in 15 digits: not above 0 where no price can take all of it. */
export function ruinPrice({ cash, units }: Pick<Holdings, 'cash' | 'units'>): number {
  const price = -cash / units;
  return price > 0 ? toDecimal(price) : price;
}

/** Cash and position at a price, in 15 digits. */
export const worthAt = ({ cash, units }: Pick<Holdings, 'cash' | 'units'>, price: number): number =>
  units === 0 ? cash : addDecimals(cash, toDecimal(units * price));

/**
 * What a fill that closes a position has won: in money, before and after commission, and as a fraction of what the
 * position had cost.
 */
export interface Profit {
  gross: number;
  net: number;
  fraction: number;
  /** Of the entry and of the exit. */
  commission: number;
}

/** Pays for a fill that opens a position or adds to it, in place, before the position takes the fill. */
export function payEntry(held: Holdings, fill: Fill, notional: number): void {
  if (held.units === 0) held.flatCash = held.cash;
  pay(held, fill, notional);
}

/**
 * Of what a fill moves. So much of "all of it", units without lots, is left or lacking by rounding: no money, and no
 * debt that prices could take.
 */
const ROUNDING = 1e-13;

/**
 * Money is reckoned in 15 digits of the largest amount: what rounding leaves of that would be a large part of what is
 * left of a large loss.
 */
function pay(held: Holdings, fill: Fill, notional: number): void {
  const cash = addDecimals(held.cash, (fill.units > 0 ? -notional : notional) - fill.commission);
  held.cash = Math.abs(cash) < ROUNDING * notional ? 0 : cash;
  held.commission += fill.commission;
  held.turnover += notional;
}

/**
 * Takes the money for a fill that closes the whole position, in place, before the position takes the fill; what the
 * fill wins is written into `profit`. Behind it cash is what fills have won and cost, without the errors of adding up
 * what they have paid and taken.
 */
export function payExit(held: Holdings, fill: Fill, notional: number, profit: Profit): void {
  const { price, commission, reason } = fill;
  profit.commission = held.entryCommission + commission;
  profit.gross = grossOf(held, price, notional, held.entryCost);
  // Ruin is where nothing is left, by what its price is: reckoned back from that price, a quotient, it would be a
  // little more or less.
  profit.net = isRuin(held, price) ? -held.flatCash - commission : less(profit.gross, profit.commission);
  profit.fraction = profit.net / (held.entryPrice * Math.abs(held.units));
  held.flatCash = addDecimals(held.flatCash, profit.net);
  held.cash = held.flatCash;
  held.commission += commission;
  held.turnover += notional;
  if (reason === 'ruin' || held.cash <= 0) held.ruined = true;
}

/** Whether a price, which is above 0, is that of ruin. Most positions have none, which the signs show at once. */
const isRuin = (held: Holdings, price: number): boolean => held.cash * held.units < 0 && price === ruinPrice(held);

/** A sum that money was rounded to already stays as it is where nothing is taken from it. */
const less = (money: number, commission: number): number =>
  commission === 0 ? money : addDecimals(money, -commission);

/**
 * What leaving at a price wins before commission. Fills at one price win nothing, whatever their sum has been rounded
 * to.
 */
function grossOf({ units, entryPrice }: Position, price: number, notional: number, cost: number): number {
  if (price === entryPrice) return 0;
  return units > 0 ? addDecimals(notional, -cost) : addDecimals(cost, -notional);
}

/**
 * Takes the money for a fill that closes a part of the position, which takes its share of the cost and the commission
 * of the entry along.
 */
function payPart(held: Holdings, fill: Fill): void {
  const part = Math.abs(fill.units / held.units);
  const notional = notionalOf(fill);
  const gross = grossOf(held, fill.price, notional, toDecimal(held.entryCost * part));
  const net = gross - held.entryCommission * part - fill.commission;
  held.flatCash = addDecimals(held.flatCash, net);
  pay(held, fill, notional);
}

/** Values what is held at a close. */
export function valueAt(held: Holdings, close: number): void {
  held.equity = held.cash + held.units * close;
  if (held.equity > held.peak) held.peak = held.equity;
  if (held.units !== 0) held.barsHeld += 1;
}

/**
 * The holdings behind a fill: the same arithmetic, to the bit, as the paper broker's, which works in place. A fill that
 * is larger than the position it closes is cut in two at zero, as brokers that know one net position mean it. `lots`:
 * null for units that are fractional, of which 15 digits count.
 */
export function afterFill(before: Readonly<Holdings>, fill: Fill, lots: Lots | null): Readonly<Holdings> {
  const after: Holdings = { ...before };
  for (const part of partsOf(before, fill, lots)) {
    if (!isClosing(after, part)) payEntry(after, part, notionalOf(part));
    else if (part.units === -after.units)
      payExit(after, part, notionalOf(part), { gross: 0, net: 0, fraction: 0, commission: 0 });
    else payPart(after, part);
    takeFill(after, part, lots);
  }
  return after;
}

/** The holdings at a bar's close, valued there. */
export function atClose(before: Readonly<Holdings>, close: number): Readonly<Holdings> {
  const after: Holdings = { ...before };
  valueAt(after, close);
  return after;
}

/** A fill in parts of which each opens, adds or closes; commission is shared by units. */
function partsOf({ units }: Position, fill: Fill, lots: Lots | null): readonly Fill[] {
  const held = Math.abs(units);
  const filled = Math.abs(fill.units);
  if (!isClosing({ units }, fill)) return [fill];
  const excess = addDecimals(filled, -held);
  const rest = lots ? lots.round(excess) : excess;
  if (rest === 0) return [{ ...fill, units: -units }];
  if (rest < 0) return [fill];
  const closing = fill.commission * (held / filled);
  return [
    { ...fill, units: -units, commission: closing },
    { ...fill, units: Math.sign(fill.units) * rest, commission: fill.commission - closing },
  ];
}
