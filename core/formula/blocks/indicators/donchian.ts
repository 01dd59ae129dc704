import type { KernelBlock } from '../../model/block.ts';
import { extremeCell } from '../kit/cells.ts';
import { finite } from '../kit/finite.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { FEED, numbers, period } from '../kit/ports.ts';

export const donchian: KernelBlock = {
  kind: 'kernel',
  name: 'donchian',
  title: 'Donchian channel',
  group: 'indicators',
  help: 'The highest high and the lowest low of the last bars, and the middle between them.',
  source: 'Richard Donchian: the highest high and lowest low of n bars, the bar itself included.',
  inputs: [period(20, 1), FEED],
  outputs: numbers({ upper: 'Highest high.', middle: 'The middle.', lower: 'Lowest low.' }),
  unit: 'price',
  reads: ['high', 'low'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const window = int(params, 'timePeriod');
    const [highest, lowest] = [extremeCell(window, 1), extremeCell(window, -1)];
    return {
      memory: [...highest.memory, ...lowest.memory],
      step: (values, out) => {
        const upper = highest.next(values[0] ?? Number.NaN);
        const lower = lowest.next(values[1] ?? Number.NaN);
        out[0] = upper;
        out[1] = finite((upper + lower) / 2);
        out[2] = lower;
      },
    };
  }),
};
