import type { KernelBlock } from '../../model/block.ts';
import { barKernel } from '../kit/kernel.ts';
import { FEED, guaranteed, TALIB } from '../kit/ports.ts';
import { trueRange } from '../kit/true-range.ts';

export const trange: KernelBlock = {
  kind: 'kernel',
  name: 'trange',
  title: 'True range',
  group: 'indicators',
  help: 'The range of the bar, or its distance from the last close where that is more.',
  source: TALIB,
  inputs: [FEED],
  outputs: guaranteed({ min: 0 }),
  unit: 'distance',
  reads: ['high', 'low', 'close'],
  lookback: () => 1,
  kernel: barKernel(trueRange),
};
