import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const time: KernelBlock = {
  kind: 'kernel',
  name: 'time',
  title: 'Time',
  group: 'price',
  help: 'When the bar opened, in UTC milliseconds since 1970.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ integer: true }),
  unit: 'plain',
  reads: ['time'],
  lookback: () => 0,
  kernel: pointwise((time) => time),
};
