import type { KernelBlock } from '../../model/block.ts';
import { wilderCell } from '../kit/averages.ts';
import { finiteColumn } from '../kit/finite.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';
import { averageTrueRange, averageTrueRangeColumn } from '../kit/true-range.ts';

export const atr: KernelBlock = {
  kind: 'kernel',
  name: 'atr',
  title: 'Average true range',
  group: 'indicators',
  help: "Wilder's average of the true range: how much a bar moves.",
  source: TALIB,
  inputs: [period(14, 1), FEED],
  outputs: guaranteed({ min: 0 }),
  unit: 'distance',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: barKernel(
    (params) => averageTrueRange(wilderCell(int(params, 'timePeriod'))),
    (params, prices, [out], length) => {
      if (!out) return;
      averageTrueRangeColumn(prices, out, length, int(params, 'timePeriod'));
      finiteColumn(out, length);
    },
  ),
};
