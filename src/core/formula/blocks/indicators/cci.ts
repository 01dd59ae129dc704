import type { KernelBlock } from '../../block.ts';
import { ringCell } from '../kit/cells.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, NUMBER, period, TALIB } from '../kit/ports.ts';

export const cci: KernelBlock = {
  kind: 'kernel',
  name: 'cci',
  title: 'Commodity channel index',
  group: 'indicators',
  help: 'How far the typical price lies from its mean, in mean deviations.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: NUMBER,
  unit: 'plain',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: barKernel((params) => {
    const window = int(params, 'timePeriod');
    const measure = ringCell(window, (ring, x) => {
      let mean = 0;
      for (let slot = 0; slot < window; slot += 1) mean += ring[slot] ?? 0;
      mean /= window;
      let deviation = 0;
      for (let slot = 0; slot < window; slot += 1) deviation += Math.abs((ring[slot] ?? 0) - mean);
      const distance = x - mean;
      return distance !== 0 && deviation !== 0 ? distance / (0.015 * (deviation / window)) : 0;
    });
    return { memory: measure.memory, next: (high, low, close) => measure.next((high + low + close) / 3) };
  }),
};
