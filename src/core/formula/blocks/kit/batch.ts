import type { Kernel } from '../../block.ts';
import { int } from './kernel.ts';

/** `smaCell` over a whole column, without a ring: the same additions in the same order. */
export const smaBatch: Kernel['batch'] = (params, [source], [out], length) => {
  const period = int(params, 'timePeriod');
  if (!source || !out) return;
  let sum = 0;
  let filled = 0;
  for (let bar = 0; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    if (Number.isNaN(x)) {
      sum = 0;
      filled = 0;
      out[bar] = Number.NaN;
      continue;
    }
    sum += x;
    filled += 1;
    if (filled < period) {
      out[bar] = Number.NaN;
      continue;
    }
    const mean = sum / period;
    out[bar] = mean - mean === 0 ? mean : Number.NaN;
    sum -= source[bar - period + 1] ?? 0;
  }
};
