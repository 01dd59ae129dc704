import type { KernelBlock } from '../../model/block.ts';
import { extremeCell } from '../kit/cells.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';
import { zeroOrNa } from '../kit/zero.ts';

export const willr: KernelBlock = {
  kind: 'kernel',
  name: 'willr',
  title: 'Williams %R',
  group: 'indicators',
  help: 'Where the close lies within the range of the last bars, from -100 at the low to 0 at the high.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: guaranteed({ min: -100, max: 0, rounded: true }),
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: barKernel((params) => {
    const [highest, lowest] = [extremeCell(int(params, 'timePeriod'), 1), extremeCell(int(params, 'timePeriod'), -1)];
    return {
      memory: [...highest.memory, ...lowest.memory],
      next: (high, low, close) => {
        const top = highest.next(high);
        const range = (top - lowest.next(low)) / -100;
        return range === 0 ? zeroOrNa(close) : (top - close) / range;
      },
    };
  }),
};
