import type { KernelBlock } from '../../model/block.ts';
import { smaCell } from '../kit/averages.ts';
import { finite } from '../kit/finite.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { FEED, numbers, period, TALIB } from '../kit/ports.ts';
import { isZero } from '../kit/zero.ts';

export const accbands: KernelBlock = {
  kind: 'kernel',
  name: 'accbands',
  title: 'Acceleration bands',
  group: 'indicators',
  help: 'An average of the close between bands that widen with the range of the bars.',
  source: TALIB,
  inputs: [period(20), FEED],
  outputs: numbers({ upper: 'The upper band.', middle: 'The average.', lower: 'The lower band.' }),
  unit: 'price',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const [upper, middle, lower] = [
      smaCell(int(params, 'timePeriod')),
      smaCell(int(params, 'timePeriod')),
      smaCell(int(params, 'timePeriod')),
    ];
    return {
      memory: [...upper.memory, ...middle.memory, ...lower.memory],
      step: (values, out) => {
        const [high, low, close] = [values[0] ?? Number.NaN, values[1] ?? Number.NaN, values[2] ?? Number.NaN];
        const sum = high + low;
        const width = isZero(sum) ? 0 : (4 * (high - low)) / sum;
        const isKnown = !Number.isNaN(sum + close);
        out[0] = finite(upper.next(isKnown ? high * (1 + width) : Number.NaN));
        out[1] = finite(middle.next(isKnown ? close : Number.NaN));
        out[2] = finite(lower.next(isKnown ? low * (1 - width) : Number.NaN));
      },
    };
  }),
};
