import type { KernelBlock } from '../../block.ts';
import { rocCell } from '../kit/change.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const roc: KernelBlock = {
  kind: 'kernel',
  name: 'roc',
  title: 'Rate of change',
  group: 'indicators',
  help: 'The change against some bars ago, in percent.',
  source: TALIB,
  inputs: [SOURCE, period(10, 1)],
  outputs: NUMBER,
  lookback: (params) => int(params, 'timePeriod'),
  kernel: cellKernel((params) => rocCell(int(params, 'timePeriod'))),
};
