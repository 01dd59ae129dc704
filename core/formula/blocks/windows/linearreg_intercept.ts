import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { lineCell } from '../kit/line.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const linearregIntercept: KernelBlock = {
  kind: 'kernel',
  name: 'linearreg_intercept',
  title: 'Linear regression intercept',
  group: 'windows',
  help: 'The beginning of the line of best fit through the last values.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => lineCell(int(params, 'timePeriod'), 1 - int(params, 'timePeriod'))),
};
