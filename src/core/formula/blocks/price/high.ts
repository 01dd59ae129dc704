import type { KernelBlock } from '../../block.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN } from '../kit/ports.ts';

export const high: KernelBlock = {
  kind: 'kernel',
  name: 'high',
  title: 'High',
  group: 'price',
  help: 'Highest price of the bar.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: NUMBER,
  reads: ['high'],
  lookback: () => 0,
  kernel: pointwise((high) => high),
};
