import type { KernelBlock } from '../../model/block.ts';
import { kamaCell } from '../kit/kama.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const kama: KernelBlock = {
  kind: 'kernel',
  name: 'kama',
  title: 'Kaufman adaptive average',
  group: 'indicators',
  help: 'An average that follows quickly while the series goes straight and slowly while it wanders.',
  source: TALIB,
  inputs: [SOURCE, period(30)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: cellKernel((params) => kamaCell(int(params, 'timePeriod'))),
};
