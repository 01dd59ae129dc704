import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { FEED, NUMBER, TALIB } from '../kit/ports.ts';

export const wclprice: KernelBlock = {
  kind: 'kernel',
  name: 'wclprice',
  title: 'Weighted close',
  group: 'price',
  help: 'Mean of high, low and twice the close.',
  source: TALIB,
  inputs: [FEED],
  outputs: NUMBER,
  unit: 'price',
  reads: ['high', 'low', 'close'],
  lookback: () => 0,
  kernel: pointwise((high, low, close) => finite((high + low + close * 2) / 4)),
};
