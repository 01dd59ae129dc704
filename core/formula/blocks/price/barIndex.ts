import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const barIndex: KernelBlock = {
  kind: 'kernel',
  name: 'barIndex',
  title: 'Bar index',
  group: 'price',
  help: 'How many bars there were before this one.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0, integer: true }),
  unit: 'plain',
  reads: ['index'],
  lookback: () => 0,
  kernel: pointwise((index) => index),
};
