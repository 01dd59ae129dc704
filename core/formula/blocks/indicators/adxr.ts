import type { KernelBlock } from '../../model/block.ts';
import { delayCell } from '../kit/cells.ts';
import { averageDirectionalIndex } from '../kit/directional.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

export const adxr: KernelBlock = {
  kind: 'kernel',
  name: 'adxr',
  title: 'Average directional movement rating',
  group: 'indicators',
  help: 'The mean of the average directional index and of what it was some bars ago.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: guaranteed({ min: 0, max: 100 }),
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) => 3 * int(params, 'timePeriod') - 2,
  kernel: barKernel((params) => {
    const index = averageDirectionalIndex(int(params, 'timePeriod'));
    const before = delayCell(int(params, 'timePeriod') - 1);
    return {
      memory: [...index.memory, ...before.memory],
      next: (high, low, close) => {
        const now = index.next(high, low, close);
        return (now + before.next(now)) / 2;
      },
    };
  }),
};
