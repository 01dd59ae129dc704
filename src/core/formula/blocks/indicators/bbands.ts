import type { KernelBlock, Params } from '../../block.ts';
import { afterCell, delayCell } from '../kit/cells.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { numbers, period, ratio, SOURCE, TALIB } from '../kit/ports.ts';
import { stddevCell } from '../kit/statistics.ts';
import { zeroOrNa } from '../kit/zero.ts';

/** How many bars later the first average comes than the first deviation. */
const lag = (params: Params): number => movingAverageLookback(params['maType'], int(params, 'timePeriod')) - (int(params, 'timePeriod') - 1);

export const bbands: KernelBlock = {
  kind: 'kernel',
  name: 'bbands',
  title: 'Bollinger bands',
  group: 'indicators',
  help: 'A moving average with a band of standard deviations above and below it.',
  source: TALIB,
  inputs: [SOURCE, period(5), ratio('nbDevUp', 2, 'Deviations to the upper band.'), ratio('nbDevDn', 2, 'Deviations to the lower band.'), maTypePort('maType')],
  outputs: numbers({ upper: 'The upper band.', middle: 'The average.', lower: 'The lower band.' }),
  lookback: (params) => int(params, 'timePeriod') - 1 + Math.max(lag(params), 0),
  kernel: kernelOf((params) => {
    const average = movingAverage(params['maType'], int(params, 'timePeriod'));
    // TA-Lib begins the deviation late, so that its first one meets the first average. Only a MAMA can have the longer way to go: it does not care for the
    // period, and TA-Lib then pairs its first average with the first deviation all the same.
    const deviation = afterCell(Math.max(lag(params), 0), stddevCell(int(params, 'timePeriod')));
    const delay = delayCell(Math.max(-lag(params), 0));
    const [up, down] = [Number(params['nbDevUp']), Number(params['nbDevDn'])];
    return {
      memory: [...average.memory, ...deviation.memory, ...delay.memory],
      step: (values, out) => {
        const x = values[0] ?? Number.NaN;
        const band = deviation.next(x);
        const middle = delay.next(average.next(x)) + zeroOrNa(band);
        out[0] = finite(middle + band * up);
        out[1] = finite(middle);
        out[2] = finite(middle - band * down);
      },
    };
  }),
};
