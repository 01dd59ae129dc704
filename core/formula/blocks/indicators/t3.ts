import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, ratio, SOURCE, TALIB } from '../kit/ports.ts';
import { t3Cell } from '../kit/t3.ts';

export const t3: KernelBlock = {
  kind: 'kernel',
  name: 't3',
  title: 'T3',
  group: 'indicators',
  help: 'Six EMAs combined: smooth, and with little lag.',
  source: TALIB,
  inputs: [
    SOURCE,
    period(5),
    ratio('vFactor', 0.7, 'How much it overshoots: 0 none, 1 as a DEMA.', { min: 0, max: 1 }),
  ],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => 6 * (int(params, 'timePeriod') - 1),
  kernel: cellKernel((params) => t3Cell(int(params, 'timePeriod'), Number(params['vFactor']))),
};
