import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const volume: KernelBlock = {
  kind: 'kernel',
  name: 'volume',
  title: 'Volume',
  group: 'price',
  help: 'Units traded during the bar.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0, mayLack: true }),
  unit: 'volume',
  reads: ['volume'],
  selects: true,
  lookback: () => 0,
  kernel: pointwise((volume) => volume),
};
