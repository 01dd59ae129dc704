import type { KernelBlock } from '../../model/block.ts';
import { pointwise, wrap } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const dayOfWeek: KernelBlock = {
  kind: 'kernel',
  name: 'dayOfWeek',
  title: 'Day of the week',
  group: 'price',
  help: 'Day on which the bar opened, in UTC; of days that open from 15:00 UTC on the next one: 0 is Sunday, 6 Saturday.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0, max: 6, integer: true }),
  unit: 'plain',
  reads: ['date'],
  lookback: () => 0,
  kernel: pointwise((time) => wrap(Math.floor(time / 86_400_000) + 4, 7)),
};
