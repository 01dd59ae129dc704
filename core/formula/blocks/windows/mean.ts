import type { KernelBlock } from '../../model/block.ts';
import { averageBounds } from '../kit/bounds.ts';
import { int } from '../kit/kernel.ts';
import { simple } from '../kit/moving-average.ts';
import { NUMBER, OWN, period, SOURCE } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const mean: KernelBlock = {
  kind: 'kernel',
  name: 'mean',
  title: 'Mean',
  group: 'windows',
  help: 'The mean of the last values.',
  source: OWN,
  inputs: [SOURCE, period(30, 1)],
  outputs: NUMBER,
  unit: 'same',
  bounds: averageBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => simple(int(params, 'timePeriod'))),
};
