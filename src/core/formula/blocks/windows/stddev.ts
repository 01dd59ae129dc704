import type { KernelBlock } from '../../block.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { NUMBER, period, ratio, SOURCE, TALIB } from '../kit/ports.ts';
import { rootOf, varianceCell } from '../kit/statistics.ts';

export const stddev: KernelBlock = {
  kind: 'kernel',
  name: 'stddev',
  title: 'Standard deviation',
  group: 'windows',
  help: 'How far the last values stray from their mean.',
  source: TALIB,
  inputs: [SOURCE, period(5, 2), ratio('nbDev', 1, 'Times this.')],
  outputs: NUMBER,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const cell = varianceCell(int(params, 'timePeriod'));
    const deviations = Number(params['nbDev']);
    return {
      memory: cell.memory,
      step: (values, out) => {
        out[0] = finite(rootOf(cell.next(values[0] ?? Number.NaN)) * deviations);
      },
    };
  }),
};
