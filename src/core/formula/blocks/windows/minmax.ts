import type { KernelBlock } from '../../block.ts';
import { extremeCell } from '../kit/cells.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { numbers, period, SOURCE, TALIB } from '../kit/ports.ts';

export const minmax: KernelBlock = {
  kind: 'kernel',
  name: 'minmax',
  title: 'Lowest and highest',
  group: 'windows',
  help: 'The smallest and the largest of the last values.',
  source: TALIB,
  inputs: [SOURCE, period(30)],
  outputs: numbers({ min: 'The smallest.', max: 'The largest.' }),
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const window = int(params, 'timePeriod');
    const [lowest, highest] = [extremeCell(window, -1), extremeCell(window, 1)];
    return {
      memory: [...lowest.memory, ...highest.memory],
      step: (values, out) => {
        const x = values[0] ?? Number.NaN;
        out[0] = lowest.next(x);
        out[1] = highest.next(x);
      },
    };
  }),
};
