import type { KernelBlock } from '../../block.ts';
import { extremeCell } from '../kit/cells.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const midpoint: KernelBlock = {
  kind: 'kernel',
  name: 'midpoint',
  title: 'Midpoint',
  group: 'indicators',
  help: 'The middle between the smallest and the largest of the last values.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: NUMBER,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => {
    const [highest, lowest] = [extremeCell(int(params, 'timePeriod'), 1), extremeCell(int(params, 'timePeriod'), -1)];
    return { memory: [...highest.memory, ...lowest.memory], next: (x) => (highest.next(x) + lowest.next(x)) / 2 };
  }),
};
