import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { guaranteed, period, ratio, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';
import { varianceOf } from '../kit/statistics.ts';

export const variance: KernelBlock = {
  kind: 'kernel',
  name: 'var',
  title: 'Variance',
  group: 'windows',
  help: 'The mean squared distance of the last values from their mean.',
  source: TALIB,
  inputs: [SOURCE, period(5, 1), ratio('nbDev', 1, 'Times this.')],
  outputs: guaranteed({ min: 0 }),
  unit: 'pure',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => varianceOf(int(params, 'timePeriod'))),
};
