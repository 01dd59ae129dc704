import type { KernelBlock } from '../../block.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN } from '../kit/ports.ts';

export const low: KernelBlock = {
  kind: 'kernel',
  name: 'low',
  title: 'Low',
  group: 'price',
  help: 'Lowest price of the bar.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: NUMBER,
  reads: ['low'],
  lookback: () => 0,
  kernel: pointwise((low) => low),
};
