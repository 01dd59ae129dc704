import type { KernelBlock } from '../../block.ts';
import { ratioCell } from '../kit/change.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const rocr100: KernelBlock = {
  kind: 'kernel',
  name: 'rocr100',
  title: 'Rate of change, ratio in percent',
  group: 'indicators',
  help: 'The value in percent of what it was some bars ago.',
  source: TALIB,
  inputs: [SOURCE, period(10, 1)],
  outputs: NUMBER,
  lookback: (params) => int(params, 'timePeriod'),
  kernel: cellKernel((params) => ratioCell(int(params, 'timePeriod'), (ratio) => ratio * 100)),
};
