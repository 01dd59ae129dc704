import type { KernelBlock } from '../../block.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN } from '../kit/ports.ts';

export const time: KernelBlock = {
  kind: 'kernel',
  name: 'time',
  title: 'Time',
  group: 'price',
  help: 'When the bar opened, in UTC milliseconds since 1970.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: NUMBER,
  reads: ['time'],
  lookback: () => 0,
  kernel: pointwise((time) => time),
};
