import type { KernelBlock } from '../../model/block.ts';
import { emaCell } from '../kit/averages.ts';
import { rateOfChange } from '../kit/change.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const trix: KernelBlock = {
  kind: 'kernel',
  name: 'trix',
  title: 'TRIX',
  group: 'indicators',
  help: 'The change of an EMA of an EMA of an EMA from bar to bar, in percent.',
  source: TALIB,
  inputs: [SOURCE, period(30, 1)],
  outputs: NUMBER,
  unit: 'points',
  lookback: (params) => 3 * (int(params, 'timePeriod') - 1) + 1,
  kernel: cellKernel((params) => {
    const stages = [
      emaCell(int(params, 'timePeriod')),
      emaCell(int(params, 'timePeriod')),
      emaCell(int(params, 'timePeriod')),
      rateOfChange(1).start(),
    ];
    return {
      memory: stages.flatMap((cell) => cell.memory),
      next: (x) => stages.reduce((value, cell) => cell.next(value), x),
    };
  }),
};
