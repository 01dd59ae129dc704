import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const hlc3: KernelBlock = {
  kind: 'kernel',
  name: 'hlc3',
  title: 'Typical price',
  group: 'price',
  help: 'Mean of high, low and close.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0 }),
  unit: 'price',
  reads: ['high', 'low', 'close'],
  lookback: () => 0,
  kernel: pointwise((high, low, close) => (high + low + close) / 3),
};
