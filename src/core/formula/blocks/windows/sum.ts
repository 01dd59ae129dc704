import type { KernelBlock } from '../../block.ts';
import { sumCell } from '../kit/cells.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const sum: KernelBlock = {
  kind: 'kernel',
  name: 'sum',
  title: 'Sum',
  group: 'windows',
  help: 'The sum of the last values.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => sumCell(int(params, 'timePeriod'))),
};
