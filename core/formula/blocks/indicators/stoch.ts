import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { bars, FEED, numbers, TALIB } from '../kit/ports.ts';
import { stochasticKernel } from '../kit/stochastic.ts';

export const stoch: KernelBlock = {
  kind: 'kernel',
  name: 'stoch',
  title: 'Stochastic',
  group: 'indicators',
  help: 'Where the close lies within the range of the last bars, smoothed twice.',
  source: TALIB,
  inputs: [
    bars('fastKPeriod', 5, 1),
    bars('slowKPeriod', 3, 1),
    maTypePort('slowKMaType'),
    bars('slowDPeriod', 3, 1),
    maTypePort('slowDMaType'),
    FEED,
  ],
  outputs: numbers({ k: 'The smoothed position within the range.', d: 'The average of k.' }),
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) =>
    int(params, 'fastKPeriod') -
    1 +
    movingAverageLookback(params['slowKMaType'], int(params, 'slowKPeriod')) +
    movingAverageLookback(params['slowDMaType'], int(params, 'slowDPeriod')),
  kernel: stochasticKernel((params) => ({
    window: int(params, 'fastKPeriod'),
    k: movingAverage(params['slowKMaType'], int(params, 'slowKPeriod')),
    d: movingAverage(params['slowDMaType'], int(params, 'slowDPeriod')),
  })),
};
