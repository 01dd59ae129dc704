import type { KernelBlock } from '../../block.ts';
import { changeCell } from '../kit/change.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const mom: KernelBlock = {
  kind: 'kernel',
  name: 'mom',
  title: 'Momentum',
  group: 'indicators',
  help: 'The value less what it was some bars ago.',
  source: TALIB,
  inputs: [SOURCE, period(10, 1)],
  outputs: NUMBER,
  lookback: (params) => int(params, 'timePeriod'),
  kernel: cellKernel((params) => changeCell(int(params, 'timePeriod'), (now, before) => now - before)),
};
