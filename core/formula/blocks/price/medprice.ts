import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { FEED, NUMBER, TALIB } from '../kit/ports.ts';

export const medprice: KernelBlock = {
  kind: 'kernel',
  name: 'medprice',
  title: 'Median price',
  group: 'price',
  help: 'Mean of high and low.',
  source: TALIB,
  inputs: [FEED],
  outputs: NUMBER,
  unit: 'price',
  reads: ['high', 'low'],
  lookback: () => 0,
  kernel: pointwise((high, low) => finite((high + low) / 2)),
};
