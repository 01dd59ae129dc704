import type { BarCell } from './kernel.ts';
import { zeroOrNa } from './zero.ts';

/**
 * Marc Chaikin's line: the volume of each bar, counted from -1 to 1 by where in its range it closed. A missing value is
 * passed over.
 */
export function accumulation(): BarCell {
  const total = new Float64Array(1);
  return {
    memory: [total],
    next: (high, low, close, volume) => {
      const range = high - low;
      const flow = range > 0 ? ((close - low - (high - close)) / range) * volume : zeroOrNa(range + close + volume);
      if (Number.isNaN(flow)) return flow;
      return (total[0] = (total[0] ?? 0) + flow);
    },
  };
}
