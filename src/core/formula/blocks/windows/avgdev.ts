import type { KernelBlock } from '../../block.ts';
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
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => {
    const window = int(params, 'timePeriod');
    // The distances from a mean that moves with the window have to be added up anew; in TA-Lib's order, from the newest back.
    return ringCell(window, (ring) => {
      const oldest = ring[window] ?? 0;
      let sum = 0;
      for (let left = window, slot = oldest; left > 0; left -= 1) {
        slot = slot === 0 ? window - 1 : slot - 1;
        sum += ring[slot] ?? 0;
      }
      const mean = sum / window;
      let distance = 0;
      for (let left = window, slot = oldest; left > 0; left -= 1) {
        slot = slot === 0 ? window - 1 : slot - 1;
        distance += Math.abs((ring[slot] ?? 0) - mean);
      }
      return distance / window;
    });
  }),
};
