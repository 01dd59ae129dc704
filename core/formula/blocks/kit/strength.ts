import { wilderCell } from './averages.ts';
import type { Cell } from './cells.ts';
import { stage, type Stage } from './stage.ts';
import { isZero } from './zero.ts';

/** What is measured, in hundredths of all movement: the gains, or by how much they exceed the losses. */
type Measured = 'gains' | 'balance';

/**
 * How much of Wilder's averages of what a series moved from bar to bar were gains; 0 where it did not move. A gap in
 * the values is passed over.
 */
export const strength = (period: number, measured: Measured): Stage =>
  stage(
    () => strengthCell(period, measured === 'balance'),
    (source, out, length) => {
      strengthColumn(source, out, length, period, measured === 'balance');
      return false;
    },
  );

/** Wilder's relative strength index. */
export const rsiStage = (period: number): Stage => strength(period, 'gains');

function strengthCell(period: number, isBalance: boolean): Cell {
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
      return strengthOf(gain, loss, isBalance);
    },
  };
}

function strengthOf(gain: number, loss: number, isBalance: boolean): number {
  const both = gain + loss;
  return isZero(both) ? 0 : 100 * ((gain - (isBalance ? loss : 0)) / both);
}

/** Both averages in one loop: each waits for its own division alone. */
function strengthColumn(
  source: Float64Array,
  out: Float64Array,
  length: number,
  period: number,
  isBalance: boolean,
): void {
  let last = Number.NaN;
  let gains = 0;
  let losses = 0;
  let bar = 0;
  for (let count = 0; bar < length && count < period; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    const change = x - last;
    if (!Number.isNaN(x)) last = x;
    out[bar] = Number.NaN;
    if (Number.isNaN(change)) continue;
    gains += change > 0 ? change : 0;
    losses += change < 0 ? -change : 0;
    count += 1;
    if (count < period) continue;
    gains /= period;
    losses /= period;
    out[bar] = strengthOf(gains, losses, isBalance);
  }
  for (; bar < length; bar += 1) {
    for (; bar < length; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      const change = x - last;
      if (Number.isNaN(change)) break;
      last = x;
      gains = (gains * (period - 1) + (change > 0 ? change : 0)) / period;
      losses = (losses * (period - 1) + (change < 0 ? -change : 0)) / period;
      out[bar] = strengthOf(gains, losses, isBalance);
    }
    if (bar < length) out[bar] = Number.NaN;
  }
}
