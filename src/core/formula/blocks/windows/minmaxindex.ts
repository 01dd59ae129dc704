import type { KernelBlock } from '../../block.ts';
import { extremeIndex } from '../kit/extreme-index.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { numbers, period, SOURCE, TALIB } from '../kit/ports.ts';

export const minmaxindex: KernelBlock = {
  kind: 'kernel',
  name: 'minmaxindex',
  title: 'Bars of the lowest and highest',
  group: 'windows',
  help: 'The bars of the smallest and the largest of the last values, counted from the first bar of all (0).',
  source: TALIB,
  inputs: [SOURCE, period(30)],
  outputs: numbers({ minIndex: 'The bar of the smallest.', maxIndex: 'The bar of the largest.' }),
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const window = int(params, 'timePeriod');
    const [lowest, highest] = [extremeIndex(window, -1), extremeIndex(window, 1)];
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
