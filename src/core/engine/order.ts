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

/** An action as the simulator decides it. */
export interface Desk {
  readonly action: Action;
  /** Index of the action in the plan. */
  readonly index: number;
  /** Of the position that it opens or closes: 1 long, -1 short. */
  readonly side: 1 | -1;
  readonly isEntry: boolean;
  /** Its order, where that is the same at every bar. */
  readonly steady: Order | null;
}

export function openDesk(action: Action, index: number): Desk {
  const side = action.kind === 'buy' || action.kind === 'sell' ? 1 : -1;
  const isEntry = action.kind === 'buy' || action.kind === 'short';
  const levels = [action.stop, action.target, action.trail];
  const isSteady = action.limit === null && [action.size.operand, ...levels.flatMap((level) => level?.operand ?? [])].every(({ kind }) => kind === 'constant');
  return { action, index, side, isEntry, steady: isSteady ? makeOrder(action, index, side, [], 0, 0) : null };
}

/** The order that an action gives at the close of a bar: that of index `at` in `columns`. */
export const decide = ({ action, index, side, steady }: Desk, columns: Columns, at: number, close: number): Order =>
  steady ?? makeOrder(action, index, side, columns, at, close);

function makeOrder(action: Action, index: number, side: 1 | -1, columns: Columns, at: number, close: number): Order {
  const limit = readLevel(action.limit, columns, at);
  return {
    action: index,
    size: read(action.size.operand, columns, at),
    stop: readLevel(action.stop, columns, at),
    target: readLevel(action.target, columns, at),
    trail: readLevel(action.trail, columns, at),
    // A percentage is meant from the close at which the order was decided.
    limit: action.limit?.percent ? close * (1 - side * limit) : limit,
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
