import type { KernelBlock } from '../../block.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN } from '../kit/ports.ts';

export const barIndex: KernelBlock = {
  kind: 'kernel',
  name: 'barIndex',
  title: 'Bar index',
  group: 'price',
  help: 'How many bars there were before this one.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: NUMBER,
  reads: ['index'],
  lookback: () => 0,
  kernel: pointwise((index) => index),
};
