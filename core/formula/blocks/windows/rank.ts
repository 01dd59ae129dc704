import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { guaranteed, period, SOURCE } from '../kit/ports.ts';
import { rankCell } from '../kit/statistics.ts';

export const rank: KernelBlock = {
  kind: 'kernel',
  name: 'rank',
  title: 'Percentile rank',
  group: 'windows',
  help: 'The share of the last values, itself included, that are not above it: 1 at a new high.',
  source: 'The empirical distribution function of the window at its newest value.',
  inputs: [SOURCE, period(20, 2)],
  outputs: guaranteed({ min: 0, max: 1 }),
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => rankCell(int(params, 'timePeriod'))),
};
