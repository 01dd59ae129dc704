import type { KernelBlock } from '../../model/block.ts';
import { directionalKernel } from '../kit/directional.ts';
import { int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

export const plusDi: KernelBlock = {
  kind: 'kernel',
  name: 'plus_di',
  title: 'Plus directional indicator',
  group: 'indicators',
  help: 'How strong the upward moves are against the true range.',
  source: TALIB,
  inputs: [period(14, 1), FEED],
  outputs: guaranteed({ min: 0, max: 100, rounded: true }),
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: directionalKernel('plus'),
};
