import type { KernelBlock } from '../../model/block.ts';
import { extremeAgeCell } from '../kit/cells.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { FEED, numbers, period, TALIB } from '../kit/ports.ts';

export const aroon: KernelBlock = {
  kind: 'kernel',
  name: 'aroon',
  title: 'Aroon',
  group: 'indicators',
  help: 'How lately the lowest low and the highest high were: 100 on this bar, 0 at the far end of the window.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: numbers({ down: 'How lately the lowest low was.', up: 'How lately the highest high was.' }),
  unit: 'points',
  reads: ['high', 'low'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: kernelOf((params) => {
    const window = int(params, 'timePeriod');
    const [lowest, highest] = [extremeAgeCell(window + 1, -1), extremeAgeCell(window + 1, 1)];
    return {
      memory: [...lowest.memory, ...highest.memory],
      step: (values, out) => {
        out[0] = (100 / window) * (window - lowest.next(values[1] ?? Number.NaN));
        out[1] = (100 / window) * (window - highest.next(values[0] ?? Number.NaN));
      },
    };
  }),
};
