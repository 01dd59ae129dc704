import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { FEED, NUMBER, TALIB } from '../kit/ports.ts';

export const typprice: KernelBlock = {
  kind: 'kernel',
  name: 'typprice',
  title: 'Typical price',
  group: 'price',
  help: 'Mean of high, low and close.',
  source: TALIB,
  inputs: [FEED],
  outputs: NUMBER,
  unit: 'price',
  reads: ['high', 'low', 'close'],
  lookback: () => 0,
  kernel: pointwise((high, low, close) => finite((high + low + close) / 3)),
};
