import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { FEED, NUMBER, TALIB } from '../kit/ports.ts';

export const avgprice: KernelBlock = {
  kind: 'kernel',
  name: 'avgprice',
  title: 'Average price',
  group: 'price',
  help: 'Mean of open, high, low and close.',
  source: TALIB,
  inputs: [FEED],
  outputs: NUMBER,
  unit: 'price',
  reads: ['open', 'high', 'low', 'close'],
  lookback: () => 0,
  kernel: pointwise((open, high, low, close) => finite((high + low + close + open) / 4)),
};
