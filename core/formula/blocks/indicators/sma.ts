import type { KernelBlock } from '../../model/block.ts';
import { averageBounds } from '../kit/bounds.ts';
import { int } from '../kit/kernel.ts';
import { simple } from '../kit/moving-average.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const sma: KernelBlock = {
  kind: 'kernel',
  name: 'sma',
  title: 'Simple moving average',
  group: 'indicators',
  help: 'The mean of the last values.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  unit: 'same',
  bounds: averageBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => simple(int(params, 'timePeriod'))),
};
