import type { KernelBlock } from '../../block.ts';
import { averageBounds } from '../kit/bounds.ts';
import { wmaCell } from '../kit/averages.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const wma: KernelBlock = {
  kind: 'kernel',
  name: 'wma',
  title: 'Weighted moving average',
  group: 'indicators',
  help: 'An average in which the newest value weighs most, falling in a line.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  bounds: averageBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => wmaCell(int(params, 'timePeriod'))),
};
