import type { KernelBlock } from '../../model/block.ts';
import { averageBounds } from '../kit/bounds.ts';
import { int } from '../kit/kernel.ts';
import { weighted } from '../kit/moving-average.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const wma: KernelBlock = {
  kind: 'kernel',
  name: 'wma',
  title: 'Weighted moving average',
  group: 'indicators',
  help: 'An average in which the newest value weighs most, falling in a line.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  unit: 'same',
  bounds: averageBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => weighted(int(params, 'timePeriod'))),
};
