import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { lineCell } from '../kit/line.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const tsf: KernelBlock = {
  kind: 'kernel',
  name: 'tsf',
  title: 'Time series forecast',
  group: 'windows',
  help: 'The line of best fit through the last values, drawn on to the next bar.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => lineCell(int(params, 'timePeriod'), 1)),
};
