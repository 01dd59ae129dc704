import type { Columns } from './batch.ts';
import type { Action, Level, Operand } from './plan.ts';

/** An entry or exit that was decided at a bar's close, with its values as of that close. NaN: not set. */
export interface Order {
  /** Index of its action in the plan. */
  readonly action: number;
  readonly size: number;
  /** Prices, or fractions where the action says so. */
  readonly stop: number;
  readonly target: number;
  readonly trail: number;
  readonly limit: number;
  /** Bars that a limit order has waited. */
  readonly age: number;
}

export const read = (operand: Operand, columns: Columns, at: number): number =>
  operand.kind === 'constant' ? operand.value : (columns[operand.column]?.[at] ?? Number.NaN);

const readLevel = (level: Level | null, columns: Columns, at: number): number => (level ? read(level.operand, columns, at) : Number.NaN);

export function decide(action: Action, index: number, columns: Columns, at: number, close: number): Order {
  const limit = readLevel(action.limit, columns, at);
  const below = action.kind === 'buy' ? 1 : -1;
  return {
    action: index,
    size: read(action.size.operand, columns, at),
    stop: readLevel(action.stop, columns, at),
    target: readLevel(action.target, columns, at),
    trail: readLevel(action.trail, columns, at),
    // A percentage is meant from the close at which the order was decided.
    limit: action.limit?.percent ? close * (1 - below * limit) : limit,
    age: 0,
  };
}

/** The price of a stop or target of a position entered at `entry`; `side` 1 long, -1 short; `away` -1 towards a loss, 1 towards a profit. */
export const levelPrice = (level: Level | null, value: number, entry: number, side: number, away: 1 | -1): number =>
  level?.percent ? entry * (1 + side * away * value) : value;

/** Where a trailing stop stands that may move to `level`: it only ever tightens. */
export const tightened = (trail: number, level: number, side: 1 | -1): number => {
  if (Number.isNaN(trail)) return level;
  return (level - trail) * side > 0 ? level : trail;
};
