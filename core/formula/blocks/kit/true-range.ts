import type { Cell } from './cells.ts';
import { trueRangeColumn, wilderColumn } from './columns.ts';

/** The larger of the bar's own range and its distance from the last close; na on the first bar. */
export interface TrueRange {
  readonly memory: readonly Float64Array[];
  next(high: number, low: number, close: number): number;
}

export function trueRange(): TrueRange {
  const last = new Float64Array([Number.NaN]);
  return {
    memory: [last],
    next: (high, low, close) => {
      const before = last[0] ?? Number.NaN;
      last[0] = close;
      return Math.max(high - low, Math.abs(before - high), Math.abs(before - low));
    },
  };
}

/** The true range, averaged by `average`. */
export function averageTrueRange(average: Cell): TrueRange {
  const range = trueRange();
  return {
    memory: [...range.memory, ...average.memory],
    next: (high, low, close) => average.next(range.next(high, low, close)),
  };
}

/** The same over whole columns, by Wilder's average. */
export function averageTrueRangeColumn(
  [high, low, close]: readonly Float64Array[],
  out: Float64Array,
  length: number,
  period: number,
): void {
  if (!high || !low || !close) return;
  trueRangeColumn(high, low, close, out, length);
  wilderColumn(out, out, length, period);
}
