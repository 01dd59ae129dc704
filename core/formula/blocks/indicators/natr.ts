import type { KernelBlock } from '../../model/block.ts';
import { wilderCell } from '../kit/averages.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';
import { averageTrueRange } from '../kit/true-range.ts';
import { isZero, zeroOrNa } from '../kit/zero.ts';

export const natr: KernelBlock = {
  kind: 'kernel',
  name: 'natr',
  title: 'Normalised average true range',
  group: 'indicators',
  help: 'The average true range in percent of the close.',
  source: TALIB,
  inputs: [period(14, 1), FEED],
  outputs: guaranteed({ min: 0 }),
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: barKernel((params) => {
    const bars = int(params, 'timePeriod');
    const range = averageTrueRange(wilderCell(bars));
    return {
      memory: range.memory,
      next: (high, low, close) => {
        const average = range.next(high, low, close);
        // Over a single bar TA-Lib gives the true range itself.
        if (bars === 1) return average;
        return isZero(close) ? zeroOrNa(average) : (average / close) * 100;
      },
    };
  }),
};
