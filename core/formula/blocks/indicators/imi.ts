import type { KernelBlock } from '../../model/block.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';
import { sumCell } from '../kit/sum.ts';

export const imi: KernelBlock = {
  kind: 'kernel',
  name: 'imi',
  title: 'Intraday momentum index',
  group: 'indicators',
  help: 'How much of the movement between open and close was upwards, from 0 to 100.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: guaranteed({ min: 0, max: 100 }),
  unit: 'points',
  reads: ['open', 'close'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: barKernel((params) => {
    const [gains, losses] = [sumCell(int(params, 'timePeriod')), sumCell(int(params, 'timePeriod'))];
    return {
      memory: [...gains.memory, ...losses.memory],
      next: (open, close) => {
        const change = close - open;
        const gain = gains.next(Number.isNaN(change) ? change : Math.max(change, 0));
        const loss = losses.next(Number.isNaN(change) ? change : Math.max(-change, 0));
        return 100 * (gain / (gain + loss));
      },
    };
  }),
};
