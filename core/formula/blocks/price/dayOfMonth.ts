import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const dayOfMonth: KernelBlock = {
  kind: 'kernel',
  name: 'dayOfMonth',
  title: 'Day of the month',
  group: 'price',
  help: 'Day on which the bar opened, in UTC; of days that open from 15:00 UTC on the next one (1 to 31).',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 1, max: 31, integer: true }),
  unit: 'plain',
  reads: ['date'],
  lookback: () => 0,
  kernel: pointwise((time) => new Date(time).getUTCDate()),
};
