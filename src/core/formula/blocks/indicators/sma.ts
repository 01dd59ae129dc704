import type { KernelBlock } from '../../block.ts';
import { averageBounds } from '../kit/bounds.ts';
import { smaBatch } from '../kit/batch.ts';
import { smaCell } from '../kit/averages.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const sma: KernelBlock = {
  kind: 'kernel',
  name: 'sma',
  title: 'Simple moving average',
  group: 'indicators',
  help: 'The mean of the last values.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  bounds: averageBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => smaCell(int(params, 'timePeriod')), smaBatch),
};
