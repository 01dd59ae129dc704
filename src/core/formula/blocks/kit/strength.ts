import { wilderCell } from './averages.ts';
import type { Cell } from './cells.ts';
import { wilderColumn } from './columns.ts';
import { stage, type Stage } from './stage.ts';
import { isZero } from './zero.ts';

type Measure = (gain: number, loss: number, both: number) => number;

/** A measure of Wilder's averages of what a series gained and lost from bar to bar; 0 where it did not move. A gap in the values is passed over. */
export const strength = (period: number, measure: Measure): Stage =>
  stage(() => strengthCell(period, measure), (source, out, length) => strengthColumn(source, out, length, period, measure));

/** Wilder's relative strength index. */
export const rsiStage = (period: number): Stage => strength(period, (gain, _loss, both) => 100 * (gain / both));

function strengthCell(period: number, measure: Measure): Cell {
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

function strengthColumn(source: Float64Array, out: Float64Array, length: number, period: number, measure: Measure): void {
  const losses = new Float64Array(length);
  let last = Number.NaN;
  for (let bar = 0; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    const change = x - last;
    out[bar] = change > 0 || Number.isNaN(change) ? change : 0;
    losses[bar] = change < 0 ? -change : Number.isNaN(change) ? change : 0;
    if (!Number.isNaN(x)) last = x;
  }
  wilderColumn(out, out, length, period);
  wilderColumn(losses, losses, length, period);
  for (let bar = 0; bar < length; bar += 1) {
    const [gain, loss] = [out[bar] ?? Number.NaN, losses[bar] ?? Number.NaN];
    const both = gain + loss;
    out[bar] = isZero(both) ? 0 : measure(gain, loss, both);
  }
}
