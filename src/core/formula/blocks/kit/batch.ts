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

/** `emaCell` over a whole column: the same arithmetic, its state in registers. */
export const emaBatch: Kernel['batch'] = (params, [source], [out], length) => {
  const period = int(params, 'timePeriod');
  const weight = 2 / (period + 1);
  if (!source || !out) return;
  let count = 0;
  let last = 0;
  let bar = 0;
  for (; bar < length && count < period; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    out[bar] = Number.NaN;
    if (Number.isNaN(x)) continue;
    count += 1;
    last += x;
    if (count < period) continue;
    last /= period;
    out[bar] = finite(last);
  }
  for (; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    if (!Number.isNaN(x)) last = (x - last) * weight + last;
    out[bar] = Number.isNaN(x) ? Number.NaN : finite(last);
  }
};

/** `extremeCell` over a whole column: the candidates are read where they stand, a ring has the bars of them. */
export const extremeBatch = (sign: 1 | -1): Kernel['batch'] => (params, [source], [out], length) => {
  const period = int(params, 'timePeriod');
  const queue = new Int32Array(period);
  if (!source || !out) return;
  let first = 0;
  let size = 0;
  let since = 0;
  for (let bar = 0; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    if (Number.isNaN(x)) {
      size = 0;
      since = bar + 1;
      out[bar] = Number.NaN;
      continue;
    }
    if (size > 0 && (queue[first] ?? 0) <= bar - period) {
      first = first + 1 === period ? 0 : first + 1;
      size -= 1;
    }
    let next = first + size < period ? first + size : first + size - period;
    while (size > 0) {
      const latest = next === 0 ? period - 1 : next - 1;
      if (((source[queue[latest] ?? 0] ?? Number.NaN) - x) * sign > 0) break;
      next = latest;
      size -= 1;
    }
    queue[next] = bar;
    size += 1;
    out[bar] = bar - since + 1 < period ? Number.NaN : finite(source[queue[first] ?? 0] ?? Number.NaN);
  }
};
