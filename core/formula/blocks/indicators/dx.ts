import type { KernelBlock } from '../../model/block.ts';
import { directional } from '../kit/directional.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

export const dx: KernelBlock = {
  kind: 'kernel',
  name: 'dx',
  title: 'Directional movement index',
  group: 'indicators',
  help: 'How much the moves on one side outweigh those on the other, from 0 to 100.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: guaranteed({ min: 0, max: 100 }),
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: barKernel((params) => {
    const movements = directional(int(params, 'timePeriod'));
    // The last index stays while nothing moves.
    const last = new Float64Array(1);
    return {
      memory: [...movements.memory, last],
      next: (high, low, close) => {
        if (!movements.next(high, low, close)) return Number.NaN;
        const index = movements.index();
        return Number.isNaN(index) ? (last[0] ?? 0) : (last[0] = index);
      },
    };
  }),
};
