import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const open: KernelBlock = {
  kind: 'kernel',
  name: 'open',
  title: 'Open',
  group: 'price',
  help: 'First price of the bar.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0 }),
  unit: 'price',
  reads: ['open'],
  selects: true,
  lookback: () => 0,
  kernel: pointwise((open) => open),
};
