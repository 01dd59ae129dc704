import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback, SAME } from '../kit/moving-average.ts';
import { bars, FEED, numbers, TALIB } from '../kit/ports.ts';
import { stochasticKernel } from '../kit/stochastic.ts';

export const stochf: KernelBlock = {
  kind: 'kernel',
  name: 'stochf',
  title: 'Stochastic, fast',
  group: 'indicators',
  help: 'Where the close lies within the range of the last bars, and its average.',
  source: TALIB,
  inputs: [bars('fastKPeriod', 5, 1), bars('fastDPeriod', 3, 1), maTypePort('fastDMaType'), FEED],
  outputs: numbers({ k: 'The position within the range.', d: 'The average of k.' }),
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) =>
    int(params, 'fastKPeriod') - 1 + movingAverageLookback(params['fastDMaType'], int(params, 'fastDPeriod')),
  kernel: stochasticKernel((params) => ({
    window: int(params, 'fastKPeriod'),
    k: SAME,
    d: movingAverage(params['fastDMaType'], int(params, 'fastDPeriod')),
  })),
};
