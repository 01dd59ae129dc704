import type { KernelBlock } from '../../model/block.ts';
import { movementKernel } from '../kit/directional.ts';
import { int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

export const minusDm: KernelBlock = {
  kind: 'kernel',
  name: 'minus_dm',
  title: 'Minus directional movement',
  group: 'indicators',
  help: "Wilder's sum of the moves below the low of the bar before.",
  source: TALIB,
  inputs: [period(14, 1), FEED],
  outputs: guaranteed({ min: 0 }),
  unit: 'distance',
  reads: ['high', 'low'],
  lookback: (params) => Math.max(int(params, 'timePeriod') - 1, 1),
  kernel: movementKernel('minus'),
};
