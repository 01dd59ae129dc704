import type { KernelBlock } from '../../model/block.ts';
import { ratioOf } from '../kit/change.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const rocr: KernelBlock = {
  kind: 'kernel',
  name: 'rocr',
  title: 'Rate of change, ratio',
  group: 'indicators',
  help: 'The value over what it was some bars ago.',
  source: TALIB,
  inputs: [SOURCE, period(10, 1)],
  outputs: NUMBER,
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: stageKernel((params) => ratioOf(int(params, 'timePeriod'), (ratio) => ratio)),
};
