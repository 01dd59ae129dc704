import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { lineCell } from '../kit/line.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const linearreg: KernelBlock = {
  kind: 'kernel',
  name: 'linearreg',
  title: 'Linear regression',
  group: 'windows',
  help: 'The end of the line of best fit through the last values.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => lineCell(int(params, 'timePeriod'), 0)),
};
