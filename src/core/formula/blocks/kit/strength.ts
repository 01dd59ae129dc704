import { wilderCell } from './averages.ts';
import type { Cell } from './cells.ts';
import { isZero } from './zero.ts';

/** A measure of Wilder's averages of what a series gained and lost from bar to bar; 0 where it did not move. A gap in the values is passed over. */
export function strengthCell(period: number, measure: (gain: number, loss: number, both: number) => number): Cell {
  const last = new Float64Array([Number.NaN]);
  const [gains, losses] = [wilderCell(period), wilderCell(period)];
  return {
    memory: [last, ...gains.memory, ...losses.memory],
    next: (x) => {
      if (Number.isNaN(x)) return Number.NaN;
      const change = x - (last[0] ?? Number.NaN);
      last[0] = x;
      const gain = gains.next(change > 0 ? change : Number.isNaN(change) ? change : 0);
      const loss = losses.next(change < 0 ? -change : Number.isNaN(change) ? change : 0);
      const both = gain + loss;
      return isZero(both) ? 0 : measure(gain, loss, both);
    },
  };
}

export const rsiCell = (period: number): Cell => strengthCell(period, (gain, _loss, both) => 100 * (gain / both));
