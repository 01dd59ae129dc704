import type { KernelBlock } from '../../block.ts';
import { windowCell } from '../kit/cells.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { FEED, NUMBER, period, TALIB } from '../kit/ports.ts';

export const cci: KernelBlock = {
  kind: 'kernel',
  name: 'cci',
  title: 'Commodity channel index',
  group: 'indicators',
  help: 'How far the typical price lies from its mean, in mean deviations.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: NUMBER,
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const window = int(params, 'timePeriod');
    const measure = windowCell(window, (at, x) => {
      let mean = 0;
      for (let age = window - 1; age >= 0; age -= 1) mean += at(age);
      mean /= window;
      let deviation = 0;
      for (let age = window - 1; age >= 0; age -= 1) deviation += Math.abs(at(age) - mean);
      const distance = x - mean;
      return distance !== 0 && deviation !== 0 ? distance / (0.015 * (deviation / window)) : 0;
    });
    return {
      memory: measure.memory,
      step: (values, out) => {
        out[0] = finite(measure.next(((values[0] ?? Number.NaN) + (values[1] ?? Number.NaN) + (values[2] ?? Number.NaN)) / 3));
      },
    };
  }),
};
