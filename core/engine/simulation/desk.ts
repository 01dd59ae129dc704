import { toDecimal, toPlacesOf } from '#core/elementary/to-decimal.ts';
import type { Bar } from '#core/market/bars.ts';
import { whyNotPlaced } from '#core/trading/check-order.ts';
import { movedBy } from '#core/trading/levels.ts';
import type { Order, OrderTerms, Refusal, Side } from '#core/trading/order.ts';
import type { Protection } from '#core/trading/protection.ts';
import type { Terms } from '#core/trading/terms.ts';
import type { Columns } from '../columns/batch.ts';
import type { Action, Level, Operand } from '../plan/plan.ts';

export const read = (operand: Operand, columns: Columns, at: number): number =>
  operand.kind === 'constant' ? operand.value : (columns[operand.column]?.[at] ?? Number.NaN);

/** The prices of the bar at whose close something is decided. */
export type BarPrices = Pick<Bar, 'open' | 'high' | 'low' | 'close'>;

/** NaN where there is no level. */
const readLevel = (level: Level | null, columns: Columns, at: number, bar: BarPrices): number =>
  level ? readPrice(level, columns, at, bar) : Number.NaN;

/**
 * A price that a formula computes, as people reckon it: 0.1 and 0.2 more are 0.3. Doubles make 0.30000000000000004,
 * which a high of 0.3 does not reach. A level is left as computed where the market's own prices have more digits than
 * decimals of 15: `low` is then a price that the market can reach, and its decimal may lie beyond. One price of the bar
 * that has more digits says so; a close alone is short now and then by chance. A constant does not depend on the bar. A
 * percentage is left as it is. Of a level far below the market, the digits count that the market's prices have: what
 * cancels in `close - 0.0096` leaves the errors of the close behind.
 */
export function readPrice({ operand, percent }: Level, columns: Columns, at: number, bar: BarPrices): number {
  const value = read(operand, columns, at);
  if (percent) return value;
  if (operand.kind === 'constant') return toDecimal(value);
  const decimal = value > 0 && value < bar.high / 2 ? toPlacesOf(bar.high, value) : toDecimal(value);
  // Most levels are prices, and need no look at the bar.
  return decimal === value || isDecimalBar(bar) ? decimal : value;
}

const isDecimal = (price: number): boolean => toDecimal(price) === price;
const isDecimalBar = ({ open, high, low, close }: BarPrices): boolean =>
  isDecimal(close) && isDecimal(low) && isDecimal(high) && isDecimal(open);

/** An action as the decider takes it: what its orders have in common, and what they read. */
export interface Desk {
  readonly action: Action;
  /** Index of the action in the plan. */
  readonly index: number;
  readonly terms: OrderTerms;
  /** Its order, where that is the same at every bar, and why that can't be placed. */
  readonly steady: Order | null;
  readonly steadyRefusal: Refusal | null;
}

export function openDesk(action: Action, index: number, settings: Terms): Desk {
  const terms = orderTermsOf(action);
  const levels = [action.stop, action.target, action.trail];
  const isSteady =
    action.limit === null &&
    [action.size.operand, ...levels.flatMap((level) => level?.operand ?? [])].every(({ kind }) => kind === 'constant');
  const steady = isSteady ? steadyOrder(action, index, terms.side) : null;
  return {
    action,
    index,
    terms,
    steady,
    steadyRefusal: steady && terms.isEntry ? whyNotPlaced(terms, steady, settings, null) : null,
  };
}

function orderTermsOf({ kind, size, stop, target, trail, limit, expires, adds }: Action): OrderTerms {
  const side = kind === 'buy' || kind === 'sell' ? 1 : -1;
  return { side, isEntry: kind === 'buy' || kind === 'short', size, stop, target, trail, limit, expires, adds };
}

/** The order that an action gives at the close of a bar: that of index `at` in `columns`. */
export const orderAt = (desk: Desk, columns: Columns, at: number, bar: BarPrices): Order =>
  desk.steady ?? makeOrder(desk, columns, at, bar);

const steadyOrder = (action: Action, index: number, side: Side): Order =>
  makeOrder({ action, index, terms: { side } }, [], 0, NO_BAR);

/** What a steady order is made of: it depends on no bar. */
const NO_BAR: BarPrices = { open: 0, high: 0, low: 0, close: 0 };

function makeOrder(
  {
    action,
    index,
    terms,
  }: { readonly action: Action; readonly index: number; readonly terms: Pick<OrderTerms, 'side'> },
  columns: Columns,
  at: number,
  bar: BarPrices,
): Order {
  const limit = readLevel(action.limit, columns, at, bar);
  return {
    action: index,
    size: read(action.size.operand, columns, at),
    stop: readLevel(action.stop, columns, at, bar),
    target: readLevel(action.target, columns, at, bar),
    trail: readLevel(action.trail, columns, at, bar),
    // A percentage is meant from the close at which the order was decided.
    limit: action.limit?.percent ? movedBy(bar.close, -terms.side * limit) : limit,
    until: Number.POSITIVE_INFINITY,
  };
}

/**
 * Why the order of an entry can't be placed; null when it can. `held`: the position that it adds to; null when it opens
 * one.
 */
export const whyNotAt = (
  { terms, steady, steadyRefusal }: Desk,
  order: Order,
  settings: Terms,
  held: Readonly<Protection> | null,
): Refusal | null => (steady ? steadyRefusal : whyNotPlaced(terms, order, settings, held));
