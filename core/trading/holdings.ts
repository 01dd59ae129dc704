import { openAccount, type Account } from './account.ts';
import type { Fill } from './fill.ts';
import type { Lots } from './lots.ts';
import { FLAT, isClosing, takeFill, type Position } from './position.ts';

/** What somebody has at a broker. */
export interface Holdings extends Position, Account {}

export const openHoldings = (cash: number): Readonly<Holdings> => ({ ...FLAT, ...openAccount(cash) });

/** The price at which a position leaves no equity: not above 0 where no price can take all of it. */
export const ruinPrice = ({ cash, units }: Pick<Holdings, 'cash' | 'units'>): number => -cash / units;

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
export function payEntry(held: Holdings, { units, price, commission }: Fill): void {
  if (held.units === 0) held.flatCash = held.cash;
  held.cash -= units * price + commission;
  held.commission += commission;
  held.turnover += Math.abs(units) * price;
}

/**
 * Takes the money for a fill that closes the whole position, in place, before the position takes the fill; what the
 * fill wins is written into `profit`. Behind it cash is what fills have won and cost, without the errors of adding up
 * what they have paid and taken.
 */
export function payExit(held: Holdings, { price, commission, reason }: Fill, profit: Profit): void {
  const units = Math.abs(held.units);
  profit.commission = held.entryCommission + commission;
  profit.gross = (held.units > 0 ? price - held.entryPrice : held.entryPrice - price) * units;
  // Ruin is where nothing is left, by what its price is: reckoned back from that price, a quotient, it would be a
  // little more or less.
  profit.net = price === ruinPrice(held) ? -held.flatCash - commission : profit.gross - profit.commission;
  profit.fraction = profit.net / (held.entryPrice * units);
  held.flatCash += profit.net;
  held.cash = held.flatCash;
  held.commission += commission;
  held.turnover += units * price;
  if (reason === 'ruin' || held.cash <= 0) held.ruined = true;
}

/**
 * Takes the money for a fill that closes a part of the position, which takes its share of the commission of the entry
 * along.
 */
function payPart(held: Holdings, { units, price, commission }: Fill): void {
  const part = Math.abs(units);
  const share = held.entryCommission * (part / Math.abs(held.units));
  held.flatCash += (price - held.entryPrice) * -units - share - commission;
  held.cash -= units * price + commission;
  held.commission += commission;
  held.turnover += part * price;
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
 * null for units that are fractional.
 */
export function afterFill(before: Readonly<Holdings>, fill: Fill, lots: Lots | null): Readonly<Holdings> {
  const after: Holdings = { ...before };
  for (const part of partsOf(before, fill, lots)) {
    if (!isClosing(after, part)) payEntry(after, part);
    else if (part.units === -after.units) payExit(after, part, { gross: 0, net: 0, fraction: 0, commission: 0 });
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
  if (!isClosing({ units }, fill) || filled <= held) return [fill];
  const rest = lots ? lots.round(filled - held) : filled - held;
  const closing = fill.commission * (held / filled);
  return [
    { ...fill, units: -units, commission: closing },
    { ...fill, units: Math.sign(fill.units) * rest, commission: fill.commission - closing },
  ];
}
