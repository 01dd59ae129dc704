import type { KernelBlock } from '../../model/block.ts';
import { temaCell } from '../kit/averages.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const tema: KernelBlock = {
  kind: 'kernel',
  name: 'tema',
  title: 'Triple exponential average',
  group: 'indicators',
  help: 'Three EMAs combined so that most of the lag is gone.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => 3 * (int(params, 'timePeriod') - 1),
  kernel: cellKernel((params) => temaCell(int(params, 'timePeriod'))),
};
