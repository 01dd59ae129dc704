import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const close: KernelBlock = {
  kind: 'kernel',
  name: 'close',
  title: 'Close',
  group: 'price',
  help: 'Last price of the bar.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0 }),
  unit: 'price',
  reads: ['close'],
  selects: true,
  lookback: () => 0,
  kernel: pointwise((close) => close),
};
