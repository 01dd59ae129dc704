import type { KernelBlock } from '../../model/block.ts';
import { demaCell } from '../kit/averages.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const dema: KernelBlock = {
  kind: 'kernel',
  name: 'dema',
  title: 'Double exponential average',
  group: 'indicators',
  help: 'Twice the EMA less the EMA of the EMA: an average with less lag.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => 2 * (int(params, 'timePeriod') - 1),
  kernel: cellKernel((params) => demaCell(int(params, 'timePeriod'))),
};
