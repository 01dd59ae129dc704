import type { KernelBlock } from '../../block.ts';
import { linearregCell } from '../kit/statistics.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const linearreg: KernelBlock = {
  kind: 'kernel',
  name: 'linearreg',
  title: 'Linear regression',
  group: 'indicators',
  help: 'The end of the line of best fit through the last values.',
  source: TALIB,
  inputs: [SOURCE, period(14, 2)],
  outputs: NUMBER,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => linearregCell(int(params, 'timePeriod'))),
};
