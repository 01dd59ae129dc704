import type { Kernel } from '../../block.ts';
import { finite, int } from './kernel.ts';

/** `smaCell` over a whole column, without a ring: the same additions in the same order. */
export const smaBatch: Kernel['batch'] = (params, [source], [out], length) => {
  const period = int(params, 'timePeriod');
  if (!source || !out) return;
  for (let bar = 0; bar < length; bar += 1) {
    bar = smaStretch(source, out, bar, length, period);
    if (bar < length) out[bar] = Number.NaN;
  }
};

/**
 * From `start` to the next `na`, whose bar it gives. The warm-up has a loop of its own: one loop with both would not be compiled to
 * plain floating-point code and take five times as long.
 */
function smaStretch(source: Float64Array, out: Float64Array, start: number, length: number, period: number): number {
  const full = Math.min(length, start + period - 1);
  let sum = 0;
  let bar = start;
  for (; bar < full; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    if (Number.isNaN(x)) return bar;
    sum += x;
    out[bar] = Number.NaN;
  }
  for (; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    if (Number.isNaN(x)) return bar;
    sum += x;
    const mean = sum / period;
    out[bar] = mean - mean === 0 ? mean : Number.NaN;
    sum -= source[bar - period + 1] ?? 0;
  }
  return length;
}

/** `delayCell` over a whole column: what was written so many bars before. */
export const delayBatch: Kernel['batch'] = (params, [source], [out], length) => {
  const bars = int(params, 'bars');
  if (!source || !out) return;
  for (let bar = Math.min(bars, length) - 1; bar >= 0; bar -= 1) out[bar] = Number.NaN;
  for (let bar = bars; bar < length; bar += 1) out[bar] = finite(source[bar - bars] ?? Number.NaN);
};
