import type { KernelBlock } from '../../model/block.ts';
import { rateOfChange } from '../kit/change.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const roc: KernelBlock = {
  kind: 'kernel',
  name: 'roc',
  title: 'Rate of change',
  group: 'indicators',
  help: 'The change against some bars ago, in percent.',
  source: TALIB,
  inputs: [SOURCE, period(10, 1)],
  outputs: NUMBER,
  unit: 'points',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: stageKernel((params) => rateOfChange(int(params, 'timePeriod'))),
};
