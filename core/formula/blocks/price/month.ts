import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const month: KernelBlock = {
  kind: 'kernel',
  name: 'month',
  title: 'Month',
  group: 'price',
  help: 'Month in which the bar opened, in UTC; of days that open from 15:00 UTC on the next one (1 to 12).',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 1, max: 12, integer: true }),
  unit: 'plain',
  reads: ['date'],
  lookback: () => 0,
  kernel: pointwise((time) => new Date(time).getUTCMonth() + 1),
};
