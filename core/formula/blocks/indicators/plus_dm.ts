import type { KernelBlock } from '../../model/block.ts';
import { movementKernel } from '../kit/directional.ts';
import { int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

export const plusDm: KernelBlock = {
  kind: 'kernel',
  name: 'plus_dm',
  title: 'Plus directional movement',
  group: 'indicators',
  help: "Wilder's sum of the moves above the high of the bar before.",
  source: TALIB,
  inputs: [period(14, 1), FEED],
  outputs: guaranteed({ min: 0 }),
  unit: 'distance',
  reads: ['high', 'low'],
  lookback: (params) => Math.max(int(params, 'timePeriod') - 1, 1),
  kernel: movementKernel('plus'),
};
