import type { KernelBlock } from '../../model/block.ts';
import { averageBounds } from '../kit/bounds.ts';
import { int } from '../kit/kernel.ts';
import { exponential } from '../kit/moving-average.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const ema: KernelBlock = {
  kind: 'kernel',
  name: 'ema',
  title: 'Exponential moving average',
  group: 'indicators',
  help: 'An average in which newer values weigh more, older ones ever less.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  unit: 'same',
  bounds: averageBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => exponential(int(params, 'timePeriod'))),
};
