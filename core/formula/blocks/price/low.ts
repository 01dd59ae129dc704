import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const low: KernelBlock = {
  kind: 'kernel',
  name: 'low',
  title: 'Low',
  group: 'price',
  help: 'Lowest price of the bar.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0 }),
  unit: 'price',
  reads: ['low'],
  selects: true,
  lookback: () => 0,
  kernel: pointwise((low) => low),
};
