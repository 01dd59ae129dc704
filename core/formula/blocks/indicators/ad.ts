import type { KernelBlock } from '../../model/block.ts';
import { accumulation } from '../kit/accumulation.ts';
import { barKernel } from '../kit/kernel.ts';
import { FEED, NUMBER, TALIB } from '../kit/ports.ts';

export const ad: KernelBlock = {
  kind: 'kernel',
  name: 'ad',
  title: 'Accumulation/distribution',
  group: 'indicators',
  help: 'Volume added up by where in the range of its bar the close lies: all of it at the high, none in the middle, against it at the low.',
  source: TALIB,
  inputs: [FEED],
  outputs: NUMBER,
  unit: 'volume',
  reads: ['high', 'low', 'close', 'volume'],
  lookback: () => 0,
  kernel: barKernel(accumulation),
};
