import type { KernelBlock } from '../../model/block.ts';
import { ratioOf } from '../kit/change.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const rocp: KernelBlock = {
  kind: 'kernel',
  name: 'rocp',
  title: 'Rate of change, fraction',
  group: 'indicators',
  help: 'The change against some bars ago, as a fraction of the earlier value.',
  source: TALIB,
  inputs: [SOURCE, period(10, 1)],
  outputs: NUMBER,
  unit: 'percent',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: stageKernel((params) => ratioOf(int(params, 'timePeriod'), (_ratio, now, before) => (now - before) / before)),
};
