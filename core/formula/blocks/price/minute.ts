import type { KernelBlock } from '../../model/block.ts';
import { pointwise, wrap } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const minute: KernelBlock = {
  kind: 'kernel',
  name: 'minute',
  title: 'Minute',
  group: 'price',
  help: 'Minute of the hour at which the bar opened (0 to 59).',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0, max: 59, integer: true }),
  unit: 'plain',
  reads: ['time'],
  lookback: () => 0,
  kernel: pointwise((time) => wrap(Math.floor(time / 60_000), 60)),
};
