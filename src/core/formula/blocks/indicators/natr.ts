import type { KernelBlock } from '../../block.ts';
import { wilderCell } from '../kit/averages.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';
import { averageTrueRange } from '../kit/true-range.ts';

export const natr: KernelBlock = {
  kind: 'kernel',
  name: 'natr',
  title: 'Normalised average true range',
  group: 'indicators',
  help: 'The average true range in percent of the close.',
  source: TALIB,
  inputs: [period(14, 1), FEED],
  outputs: guaranteed({ min: 0 }),
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: kernelOf((params) => {
    const range = averageTrueRange(wilderCell(int(params, 'timePeriod')));
    return {
      memory: range.memory,
      step: (values, out) => {
        const close = values[2] ?? Number.NaN;
        out[0] = finite((range.next(values[0] ?? Number.NaN, values[1] ?? Number.NaN, close) / close) * 100);
      },
    };
  }),
};
