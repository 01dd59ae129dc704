import type { BarSource, KernelBlock, Params } from '#core/formula/model/block.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import type { Timeframe } from '#core/market/bars.ts';
import type { LevelKind, SizeKind } from '#core/trading/order.ts';
import type { SignalKind } from '../outcome/backtest-result.ts';

/** A value at a bar: the same at all of them, or read from a column. */
export type Operand =
  { readonly kind: 'constant'; readonly value: number } | { readonly kind: 'column'; readonly column: number };

/** Bars that the formula looks at. The first is the strategy's own. */
export interface Clock {
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
}

export type PositionValue = 'size' | 'entry' | 'bars' | 'pnl' | 'equity' | 'drawdown';

/** One column, or a few, computed from others. Steps stand in an order in which each has its operands. */
export type Step =
  | {
      readonly kind: 'kernel';
      readonly clock: number;
      readonly block: KernelBlock;
      readonly params: Params;
      readonly operands: readonly Operand[];
      readonly outputs: readonly number[];
    }
  /** A column of the bars. */
  | { readonly kind: 'bars'; readonly clock: number; readonly source: BarSource; readonly output: number }
  /** A column of another clock, as of its last closed bar. */
  | { readonly kind: 'align'; readonly clock: number; readonly operand: number; readonly output: number }
  | { readonly kind: 'position'; readonly clock: 0; readonly value: PositionValue; readonly output: number };

/** A stop, target, trail or limit: a price, or a fraction of one; `null` when there is none. */
export interface Level extends LevelKind {
  readonly operand: Operand;
}

export interface Size extends SizeKind {
  readonly operand: Operand;
}

export interface Action {
  readonly node: NodeId;
  readonly kind: SignalKind;
  readonly when: Operand;
  readonly size: Size;
  readonly stop: Level | null;
  readonly target: Level | null;
  readonly trail: Level | null;
  readonly limit: Level | null;
  /** Bars after which an unfilled limit order is withdrawn; Infinity when never. */
  readonly expires: number;
  readonly adds: number;
  /** Whether an `info` is told at each bar on which its condition is true, not only at the first of a row. */
  readonly every: boolean;
  readonly note?: string;
}

/** A formula made ready to run: typed, folded, shared and ordered. */
export interface Plan {
  readonly formula: Formula;
  readonly clocks: readonly Clock[];
  /** Those that do not depend on the position: batch computes them column by column. */
  readonly steps: readonly Step[];
  /** The position, and all that depends on it: computed bar by bar within the simulation. */
  readonly positionSteps: readonly Step[];
  readonly columnCount: number;
  readonly actions: readonly Action[];
  /** What evaluation shows: the series of every named statement, `bands.upper` for several outputs. */
  readonly named: ReadonlyMap<string, Operand>;
  readonly warmUp: number;
}

const columnsOf = (operands: readonly Operand[]): number[] =>
  operands.flatMap((operand) => (operand.kind === 'column' ? [operand.column] : []));

export const outputsOf = (step: Step): readonly number[] => (step.kind === 'kernel' ? step.outputs : [step.output]);

export function columnsReadBy(step: Step): readonly number[] {
  if (step.kind === 'align') return [step.operand];
  return step.kind === 'kernel' ? columnsOf(step.operands) : [];
}

export const columnsReadByActions = ({ actions }: Plan): number[] =>
  actions.flatMap(({ when, size, stop, target, trail, limit }) =>
    columnsOf([when, size.operand, ...[stop, target, trail, limit].flatMap((level) => (level ? [level.operand] : []))]),
  );

/** The steps that the columns `wanted` are made by, in order, but for those of columns that are `given`. */
export function stepsToward(steps: readonly Step[], wanted: Iterable<number>, given: ReadonlySet<number>): Step[] {
  const read = new Set(wanted);
  const needed: Step[] = [];
  for (const step of steps.toReversed()) {
    if (!outputsOf(step).some((column) => read.has(column) && !given.has(column))) continue;
    for (const column of columnsReadBy(step)) read.add(column);
    needed.push(step);
  }
  return needed.reverse();
}
