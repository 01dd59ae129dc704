import type { Holdings } from '../holdings.ts';
import type { Order } from '../order.ts';
import type { Protection } from '../protection.ts';

/** Everything that the paper broker's future depends on, as plain values: stored by the bots. NaN: not set. */
export interface PaperState extends Holdings, Protection {
  bar: number;
  /** Extremes of the prices seen since the entry, its fills among them. */
  highest: number;
  lowest: number;
  orders: Order[];
  resting: Order[];
}

/**
 * Flat, with so much money, behind the bar `bar`. Written out: an object that is put together of others keeps its
 * fields apart from itself, and trading takes a fifth longer.
 */
export const startPaper = (cash: number, bar = -1): PaperState => ({
  cash,
  equity: cash,
  peak: cash,
  bar,
  units: 0,
  entryPrice: Number.NaN,
  entryCost: 0,
  flatCash: cash,
  entryBar: -1,
  entryTime: 0,
  entryAction: -1,
  entryCommission: 0,
  adds: 0,
  stop: Number.NaN,
  stopFraction: Number.NaN,
  target: Number.NaN,
  targetFraction: Number.NaN,
  trailFraction: Number.NaN,
  trailAction: -1,
  trail: Number.NaN,
  highest: Number.NaN,
  lowest: Number.NaN,
  ruined: false,
  barsHeld: 0,
  turnover: 0,
  commission: 0,
  orders: [],
  resting: [],
});
