import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';
import { triangular } from '../kit/trima.ts';

export const trima: KernelBlock = {
  kind: 'kernel',
  name: 'trima',
  title: 'Triangular moving average',
  group: 'indicators',
  help: 'An average in which the values in the middle of the window weigh most.',
  source: TALIB,
  inputs: [SOURCE, period(30)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => triangular(int(params, 'timePeriod'))),
};
