import type { KernelBlock } from '../../model/block.ts';
import { ringCell } from '../kit/cells.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { guaranteed, period, SOURCE, TALIB } from '../kit/ports.ts';

export const avgdev: KernelBlock = {
  kind: 'kernel',
  name: 'avgdev',
  title: 'Average deviation',
  group: 'windows',
  help: 'How far the last values lie from their mean, on average.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: guaranteed({ min: 0 }),
  unit: 'spread',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => {
    const window = int(params, 'timePeriod');
    // The distances from a mean that moves with the window have to be added up anew; all is measured from the newest
    // value, so that an offset takes no digits.
    return ringCell(window, (ring, newest) => {
      let sum = 0;
      for (let slot = 0; slot < window; slot += 1) sum += (ring[slot] ?? 0) - newest;
      const mean = sum / window;
      let distance = 0;
      for (let slot = 0; slot < window; slot += 1) distance += Math.abs((ring[slot] ?? 0) - newest - mean);
      return distance / window;
    });
  }),
};
