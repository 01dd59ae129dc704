import type { KernelBlock } from '../../model/block.ts';
import { extremeCell } from '../kit/cells.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, NUMBER, period, TALIB } from '../kit/ports.ts';

export const midprice: KernelBlock = {
  kind: 'kernel',
  name: 'midprice',
  title: 'Midprice',
  group: 'indicators',
  help: 'The middle between the lowest low and the highest high of the last bars.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: NUMBER,
  unit: 'price',
  reads: ['high', 'low'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: barKernel((params) => {
    const [highest, lowest] = [extremeCell(int(params, 'timePeriod'), 1), extremeCell(int(params, 'timePeriod'), -1)];
    return {
      memory: [...highest.memory, ...lowest.memory],
      next: (high, low) => (highest.next(high) + lowest.next(low)) / 2,
    };
  }),
};
