import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const hl2: KernelBlock = {
  kind: 'kernel',
  name: 'hl2',
  title: 'High and low',
  group: 'price',
  help: 'Mean of high and low.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0 }),
  unit: 'price',
  reads: ['high', 'low'],
  lookback: () => 0,
  kernel: pointwise((high, low) => (high + low) / 2),
};
