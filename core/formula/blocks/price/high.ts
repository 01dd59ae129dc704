import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const high: KernelBlock = {
  kind: 'kernel',
  name: 'high',
  title: 'High',
  group: 'price',
  help: 'Highest price of the bar.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0 }),
  unit: 'price',
  reads: ['high'],
  selects: true,
  lookback: () => 0,
  kernel: pointwise((high) => high),
};
