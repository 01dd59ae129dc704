import type { KernelBlock } from '../../model/block.ts';
import { pointwise, wrap } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const hour: KernelBlock = {
  kind: 'kernel',
  name: 'hour',
  title: 'Hour',
  group: 'price',
  help: 'Hour of the day at which the bar opened, in UTC (0 to 23).',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0, max: 23, integer: true }),
  unit: 'plain',
  reads: ['time'],
  lookback: () => 0,
  kernel: pointwise((time) => wrap(Math.floor(time / 3_600_000), 24)),
};
