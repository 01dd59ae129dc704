import type { KernelBlock } from '../../block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { trimaCell } from '../kit/trima.ts';

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
  kernel: cellKernel((params) => trimaCell(int(params, 'timePeriod'))),
};
