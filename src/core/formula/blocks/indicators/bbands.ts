import type { KernelBlock } from '../../block.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { numbers, period, ratio, SOURCE, TALIB } from '../kit/ports.ts';
import { stddevCell } from '../kit/statistics.ts';

export const bbands: KernelBlock = {
  kind: 'kernel',
  name: 'bbands',
  title: 'Bollinger bands',
  group: 'indicators',
  help: 'A moving average with a band of standard deviations above and below it.',
  source: TALIB,
  inputs: [SOURCE, period(5), ratio('nbDevUp', 2, 'Deviations to the upper band.'), ratio('nbDevDn', 2, 'Deviations to the lower band.'), maTypePort('maType')],
  outputs: numbers({ upper: 'The upper band.', middle: 'The average.', lower: 'The lower band.' }),
  lookback: (params) => movingAverageLookback(params['maType'], int(params, 'timePeriod')),
  kernel: kernelOf((params) => {
    const average = movingAverage(params['maType'], int(params, 'timePeriod'));
    const deviation = stddevCell(int(params, 'timePeriod'));
    const [up, down] = [Number(params['nbDevUp']), Number(params['nbDevDn'])];
    return {
      memory: [...average.memory, ...deviation.memory],
      step: (values, out) => {
        const x = values[0] ?? Number.NaN;
        const middle = average.next(x);
        const band = deviation.next(x);
        out[0] = finite(middle + band * up);
        out[1] = finite(middle);
        out[2] = finite(middle - band * down);
      },
    };
  }),
};
