import type { KernelBlock } from '../../model/block.ts';
import { averageDirectionalIndex } from '../kit/directional.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

export const adx: KernelBlock = {
  kind: 'kernel',
  name: 'adx',
  title: 'Average directional index',
  group: 'indicators',
  help: 'How strong the trend is, whichever way it goes, from 0 to 100.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: guaranteed({ min: 0, max: 100 }),
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) => 2 * int(params, 'timePeriod') - 1,
  kernel: barKernel((params) => averageDirectionalIndex(int(params, 'timePeriod'))),
};
