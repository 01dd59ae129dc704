import type { Kernel } from '../../model/block.ts';
import { finite } from './finite.ts';
import { int } from './kernel.ts';

/** `delayCell` over a whole column: what was written so many bars before. */
export const delayBatch: Kernel['batch'] = (params, [source], [out], length) => {
  const bars = int(params, 'bars');
  if (!source || !out) return;
  for (let bar = Math.min(bars, length) - 1; bar >= 0; bar -= 1) out[bar] = Number.NaN;
  for (let bar = bars; bar < length; bar += 1) out[bar] = finite(source[bar - bars] ?? Number.NaN);
};
