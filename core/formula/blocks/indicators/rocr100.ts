import type { KernelBlock } from '../../model/block.ts';
import { ratioOf } from '../kit/change.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const rocr100: KernelBlock = {
  kind: 'kernel',
  name: 'rocr100',
  title: 'Rate of change, ratio in percent',
  group: 'indicators',
  help: 'The value in percent of what it was some bars ago.',
  source: TALIB,
  inputs: [SOURCE, period(10, 1)],
  outputs: NUMBER,
  unit: 'points',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: stageKernel((params) => ratioOf(int(params, 'timePeriod'), (ratio) => ratio * 100)),
};
