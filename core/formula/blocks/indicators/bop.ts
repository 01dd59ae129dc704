import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { FEED, guaranteed, TALIB } from '../kit/ports.ts';
import { isZeroOrBelow, zeroOrNa } from '../kit/zero.ts';

export const bop: KernelBlock = {
  kind: 'kernel',
  name: 'bop',
  title: 'Balance of power',
  group: 'indicators',
  help: 'Where the close lies from the open, as a share of the range of the bar.',
  source: TALIB,
  inputs: [FEED],
  outputs: guaranteed({ min: -1, max: 1 }),
  unit: 'plain',
  reads: ['open', 'high', 'low', 'close'],
  lookback: () => 0,
  kernel: pointwise((open, high, low, close) => {
    const range = high - low;
    return isZeroOrBelow(range) ? zeroOrNa(open + close) : finite((close - open) / range);
  }),
};
