import type { KernelBlock } from '../../block.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { NUMBER, period, ratio, SOURCE, TALIB } from '../kit/ports.ts';
import { varianceCell } from '../kit/statistics.ts';

export const variance: KernelBlock = {
  kind: 'kernel',
  name: 'var',
  title: 'Variance',
  group: 'windows',
  help: 'The mean squared distance of the last values from their mean.',
  source: TALIB,
  inputs: [SOURCE, period(5, 1), ratio('nbDev', 1, 'Times this.')],
  outputs: NUMBER,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const cell = varianceCell(int(params, 'timePeriod'));
    return {
      memory: cell.memory,
      step: (values, out) => {
        out[0] = finite(cell.next(values[0] ?? Number.NaN));
      },
    };
  }),
};
