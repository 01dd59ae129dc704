import type { KernelBlock, Port } from '../../block.ts';
import { afterCell } from '../kit/cells.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { bars, NUMBER, series, SOURCE, TALIB } from '../kit/ports.ts';

/** An average for each number of bars in between runs along, so there is a limit to how many there may be. */
const limit = (name: string, fallback: number, help: string): Port => ({ ...bars(name, fallback, 2, help), max: 500 });

export const mavp: KernelBlock = {
  kind: 'kernel',
  name: 'mavp',
  title: 'Moving average with variable period',
  group: 'indicators',
  help: 'A moving average whose number of bars is itself a series.',
  source: TALIB,
  example: 'mavp(close, barsSince(crossover(close, sma(close, 20))), 2, 30)',
  inputs: [SOURCE, series('periods', 'Bars to average over.'), limit('minPeriod', 2, 'The least number of bars.'), limit('maxPeriod', 30, 'The most.'), maTypePort('maType')],
  outputs: NUMBER,
  lookback: (params) => movingAverageLookback(params['maType'], int(params, 'maxPeriod')),
  kernel: kernelOf((params) => {
    const most = int(params, 'maxPeriod');
    const least = Math.min(int(params, 'minPeriod'), most);
    const type = params['maType'];
    const longest = movingAverageLookback(type, most);
    // Any of them may be asked for next, so each runs along; like TA-Lib's, they all have their first value on the same bar.
    const averages = Array.from({ length: most - least + 1 }, (_, index) =>
      afterCell(longest - movingAverageLookback(type, least + index), movingAverage(type, least + index)));
    return {
      memory: averages.flatMap((average) => average.memory),
      step: (values, out) => {
        const x = values[0] ?? Number.NaN;
        const wanted = Math.min(Math.max(Math.trunc(values[1] ?? Number.NaN), least), most) - least;
        out[0] = Number.NaN;
        for (let index = 0; index < averages.length; index += 1) {
          const value = averages[index]?.next(x) ?? Number.NaN;
          if (index === wanted) out[0] = finite(value);
        }
      },
    };
  }),
};
