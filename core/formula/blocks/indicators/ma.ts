import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const ma: KernelBlock = {
  kind: 'kernel',
  name: 'ma',
  title: 'Moving average',
  group: 'indicators',
  help: 'A moving average of the kind that is chosen by name.',
  source: TALIB,
  inputs: [SOURCE, period(30, 1), maTypePort('maType')],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => movingAverageLookback(params['maType'], int(params, 'timePeriod')),
  kernel: stageKernel((params) => movingAverage(params['maType'], int(params, 'timePeriod'))),
};
