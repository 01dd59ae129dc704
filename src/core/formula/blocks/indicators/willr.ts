import type { KernelBlock } from '../../block.ts';
import { extremeCell } from '../kit/cells.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

export const willr: KernelBlock = {
  kind: 'kernel',
  name: 'willr',
  title: 'Williams %R',
  group: 'indicators',
  help: 'Where the close lies within the range of the last bars, from -100 at the low to 0 at the high.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: guaranteed({ min: -100, max: 0, rounded: true }),
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const window = int(params, 'timePeriod');
    const [highest, lowest] = [extremeCell(window, 1), extremeCell(window, -1)];
    return {
      memory: [...highest.memory, ...lowest.memory],
      step: (values, out) => {
        const high = highest.next(values[0] ?? Number.NaN);
        const range = (high - lowest.next(values[1] ?? Number.NaN)) / -100;
        out[0] = finite(range === 0 ? 0 : (high - (values[2] ?? Number.NaN)) / range);
      },
    };
  }),
};
