import { toDecimal } from '#core/elementary/to-decimal.ts';
import type { Bar } from '#core/market/bars.ts';
import type { Columns } from '../columns/batch.ts';
import type { Settings } from '../outcome/settings.ts';
import type { Action, Level, Operand } from '../plan/plan.ts';
import type { Order } from './order.ts';
import type { SimulatorState } from './simulator-state.ts';
import { sizeRefusal, type Refusal } from './sizing.ts';

export const read = (operand: Operand, columns: Columns, at: number): number =>
  operand.kind === 'constant' ? operand.value : (columns[operand.column]?.[at] ?? Number.NaN);

/** The prices of the bar at whose close something is decided. */
export type BarPrices = Pick<Bar, 'open' | 'high' | 'low' | 'close'>;

/** NaN where there is no level. */
const readLevel = (level: Level | null, columns: Columns, at: number, bar: BarPrices): number =>
  level ? readPrice(level, columns, at, bar) : Number.NaN;

/**
 * A price that a formula computes, as people reckon it: 0.1 and 0.2 more are 0.3. Doubles make 0.30000000000000004, which a high of 0.3 does not
 * reach. A level is left as computed where the market's own prices have more digits than decimals of 15: `low` is then a price that the market can
 * reach, and its decimal may lie beyond. One price of the bar that has more digits says so; a close alone is short now and then by chance. A
 * constant does not depend on the bar. A percentage is left as it is.
 */
export function readPrice({ operand, percent }: Level, columns: Columns, at: number, bar: BarPrices): number {
  const value = read(operand, columns, at);
  if (percent) return value;
  const decimal = toDecimal(value);
  // Most levels are prices, and need no look at the bar.
  return decimal === value || operand.kind === 'constant' || isDecimalBar(bar) ? decimal : value;
}

const isDecimal = (price: number): boolean => toDecimal(price) === price;
const isDecimalBar = ({ open, high, low, close }: BarPrices): boolean =>
  isDecimal(close) && isDecimal(low) && isDecimal(high) && isDecimal(open);

/** An action as the simulator decides it. */
export interface Desk {
  readonly action: Action;
  /** Index of the action in the plan. */
  readonly index: number;
  /** Of the position that it opens or closes: 1 long, -1 short. */
  readonly side: 1 | -1;
  readonly isEntry: boolean;
  /** Its order, where that is the same at every bar, and why that can't be placed. */
  readonly steady: Order | null;
  readonly steadyRefusal: Refusal | null;
}

export function openDesk(action: Action, index: number, settings: Settings): Desk {
  const side = action.kind === 'buy' || action.kind === 'sell' ? 1 : -1;
  const isEntry = action.kind === 'buy' || action.kind === 'short';
  const levels = [action.stop, action.target, action.trail];
  const isSteady =
    action.limit === null &&
    [action.size.operand, ...levels.flatMap((level) => level?.operand ?? [])].every(({ kind }) => kind === 'constant');
  const steady = isSteady ? makeOrder({ action, index, side }, [], 0, NO_BAR) : null;
  return {
    action,
    index,
    side,
    isEntry,
    steady,
    steadyRefusal: steady && isEntry ? whyNot(action, side, steady, settings, null) : null,
  };
}

/** The order that an action gives at the close of a bar: that of index `at` in `columns`. */
export const decide = (desk: Desk, columns: Columns, at: number, bar: BarPrices): Order =>
  desk.steady ?? makeOrder(desk, columns, at, bar);

/** What a steady order is made of: it depends on no bar. */
const NO_BAR: BarPrices = { open: 0, high: 0, low: 0, close: 0 };

function makeOrder(
  { action, index, side }: Pick<Desk, 'action' | 'index' | 'side'>,
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
    limit: action.limit?.percent ? movedBy(bar.close, -side * limit) : limit,
    until: Number.POSITIVE_INFINITY,
  };
}

/**
 * Why the order of an entry can't be placed, whatever its fill would be: what it needs is `na` or no price. Null when it can. `held`: the
 * position that it adds to; null when it opens one.
 */
export const whyNotPlaced = (
  { action, side, steady, steadyRefusal }: Desk,
  order: Order,
  settings: Settings,
  held: Protection | null,
): Refusal | null => (steady ? steadyRefusal : whyNot(action, side, order, settings, held));

function whyNot(
  action: Action,
  side: 1 | -1,
  order: Order,
  { short }: Settings,
  held: Protection | null,
): Refusal | null {
  if (side < 0 && !short) return () => 'Shorting is switched off in the settings.';
  return (
    sizeRefusal(order.size) ??
    (action.limit && levelRefusal('limit', NO_FRACTION, order.limit, 1)) ??
    whyUnprotected(action, order, held) ??
    levelRefusal('stop', action.stop, order.stop, -side) ??
    levelRefusal('target', action.target, order.target, side) ??
    levelRefusal('trail', action.trail, order.trail, -side)
  );
}

/** What a position has of stops and targets; NaN and -1: not. */
export type Protection = Pick<SimulatorState, 'stop' | 'target' | 'trail' | 'trailFraction' | 'trailAction'>;

/** Why a fill of the order would leave the position without what its action sets: that is `na`, and the position that it adds to has none either. */
export function whyUnprotected({ stop, target, trail }: Action, order: Order, held: Protection | null): Refusal | null {
  if (stop && Number.isNaN(order.stop) && !(held && !Number.isNaN(held.stop)))
    return () => 'Its stop is na at this bar.';
  if (target && Number.isNaN(order.target) && !(held && !Number.isNaN(held.target)))
    return () => 'Its target is na at this bar.';
  if (trail && Number.isNaN(order.trail) && !(held && isTrailing(held))) return () => 'Its trail is na at this bar.';
  return null;
}

export const isTrailing = ({ trailFraction, trailAction }: Protection): boolean =>
  trailAction >= 0 || !Number.isNaN(trailFraction);

/** The limit of an order is a price, whatever its action has. */
const NO_FRACTION = { percent: false };

/** Of a price that there can't be, or a limit that is not there. `towards`: where a fraction leads, up or down. */
function levelRefusal(
  name: string,
  level: Pick<Level, 'percent'> | null,
  value: number,
  towards: number,
): Refusal | null {
  if (!level) return null;
  if (Number.isNaN(value)) return name === 'limit' ? () => 'Its limit is na at this bar.' : null;
  if (isPrice(level.percent ? 1 + towards * value : value)) return null;
  return () => `Its ${name} of ${level.percent ? `${value * 100}%` : value} is no price that there can be.`;
}

export const isPrice = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;

/** Whether an order asks for the same as another. */
export const isSameOrder = (a: Order, b: Order): boolean =>
  a.action === b.action &&
  a.limit === b.limit &&
  a.size === b.size &&
  isSameLevel(a.stop, b.stop) &&
  isSameLevel(a.target, b.target) &&
  isSameLevel(a.trail, b.trail);

/** NaN is not set. A fraction of -0 is one of 0. */
const isSameLevel = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/** The price of a stop or target of a position entered at `entry`; `side` 1 long, -1 short; `away` -1 towards a loss, 1 towards a profit. */
export const levelPrice = (level: Level | null, value: number, entry: number, side: number, away: 1 | -1): number =>
  level?.percent ? movedBy(entry, side * away * value) : value;

/** A price and a fraction of it, as people reckon it: 1.1 and 10% are 1.21. Doubles make 1.2100000000000002, which a high of 1.21 does not reach. */
export const movedBy = (price: number, fraction: number): number =>
  fraction === 0 ? price : toDecimal(price + price * fraction);

/** Where a trailing stop stands that may move to `level`: it only ever tightens. */
export const tightened = (trail: number, level: number, side: 1 | -1): number => {
  if (Number.isNaN(trail)) return level;
  return (level - trail) * side > 0 ? level : trail;
};
