import type { KernelBlock } from '../../block.ts';
import { rankCell } from '../kit/statistics.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { guaranteed, OWN, period, SOURCE } from '../kit/ports.ts';

export const percentile: KernelBlock = {
  kind: 'kernel',
  name: 'percentile',
  title: 'Percentile rank',
  group: 'windows',
  help: 'The share of the last values, itself included, that are not above it: 1 at a new high.',
  source: OWN,
  inputs: [SOURCE, period(20, 2)],
  outputs: guaranteed({ min: 0, max: 1 }),
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => rankCell(int(params, 'timePeriod'))),
};
