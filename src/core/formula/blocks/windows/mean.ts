import type { KernelBlock } from '../../block.ts';
import { averageBounds } from '../kit/bounds.ts';
import { smaBatch } from '../kit/batch.ts';
import { smaCell } from '../kit/averages.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, OWN, period, SOURCE } from '../kit/ports.ts';

export const mean: KernelBlock = {
  kind: 'kernel',
  name: 'mean',
  title: 'Mean',
  group: 'windows',
  help: 'The mean of the last values.',
  source: OWN,
  inputs: [SOURCE, period(30, 1)],
  outputs: NUMBER,
  bounds: averageBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => smaCell(int(params, 'timePeriod')), smaBatch),
};
