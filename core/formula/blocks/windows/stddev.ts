import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, ratio, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';
import { deviationOf } from '../kit/statistics.ts';

export const stddev: KernelBlock = {
  kind: 'kernel',
  name: 'stddev',
  title: 'Standard deviation',
  group: 'windows',
  help: 'How far the last values stray from their mean.',
  source: TALIB,
  inputs: [SOURCE, period(5, 2), ratio('nbDev', 1, 'Times this.')],
  outputs: NUMBER,
  unit: 'spread',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => deviationOf(int(params, 'timePeriod'), Number(params['nbDev']))),
};
