import type { KernelBlock } from '../../block.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN } from '../kit/ports.ts';

export const close: KernelBlock = {
  kind: 'kernel',
  name: 'close',
  title: 'Close',
  group: 'price',
  help: 'Last price of the bar.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: NUMBER,
  reads: ['close'],
  lookback: () => 0,
  kernel: pointwise((close) => close),
};
