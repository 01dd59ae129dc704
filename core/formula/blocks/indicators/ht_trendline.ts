import type { KernelBlock } from '../../model/block.ts';
import { CYCLE_LOOKBACK } from '../kit/cycle.ts';
import { cellKernel } from '../kit/kernel.ts';
import { NUMBER, SOURCE, TALIB } from '../kit/ports.ts';
import { trendline } from '../kit/trendline.ts';

export const htTrendline: KernelBlock = {
  kind: 'kernel',
  name: 'ht_trendline',
  title: 'Instantaneous trendline',
  group: 'indicators',
  help: 'The price averaged over its dominant cycle, so that the cycle is gone, by the Hilbert transform.',
  source: TALIB,
  inputs: [SOURCE],
  outputs: NUMBER,
  unit: 'same',
  lookback: () => CYCLE_LOOKBACK,
  kernel: cellKernel(() => {
    const line = trendline();
    return { memory: line.memory, next: (x) => (line.next(x) === 'ready' ? line.value() : Number.NaN) };
  }),
};
