import type { KernelBlock } from '../../block.ts';
import { averageBounds } from '../kit/bounds.ts';
import { emaCell } from '../kit/averages.ts';
import { emaBatch } from '../kit/batch.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const ema: KernelBlock = {
  kind: 'kernel',
  name: 'ema',
  title: 'Exponential moving average',
  group: 'indicators',
  help: 'An average in which newer values weigh more, older ones ever less.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  bounds: averageBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => emaCell(int(params, 'timePeriod')), emaBatch),
};
