import type { KernelBlock, Params, Port } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { bars, NUMBER, series, SOURCE, TALIB } from '../kit/ports.ts';
import { after, type Stage } from '../kit/stage.ts';

/** An average for each number of bars in between runs along, so there is a limit to how many there may be. */
const limit = (name: string, fallback: number, help: string): Port => ({ ...bars(name, fallback, 2, help), max: 500 });

const longestLookback = (params: Params): number => movingAverageLookback(params['maType'], int(params, 'maxPeriod'));

/** Like TA-Lib's, all of them have their first value on the same bar. */
const averageOf = (params: Params, length: number): Stage =>
  after(
    longestLookback(params) - movingAverageLookback(params['maType'], length),
    movingAverage(params['maType'], length),
  );

/** The bars to average over, of a value that may be anything. */
const within = (params: Params, length: number): number =>
  Math.min(Math.max(Math.trunc(length), int(params, 'minPeriod')), int(params, 'maxPeriod'));

export const mavp: KernelBlock = {
  kind: 'kernel',
  name: 'mavp',
  title: 'Moving average with variable period',
  group: 'indicators',
  help: 'A moving average whose number of bars is itself a series.',
  source: TALIB,
  example: 'mavp(close, barsSince(crossover(close, sma(close, 20))), 2, 30)',
  inputs: [
    SOURCE,
    { ...series('periods', 'Bars to average over.'), mayStandStill: true },
    limit('minPeriod', 2, 'The least number of bars.'),
    limit('maxPeriod', 30, 'The most.'),
    maTypePort('maType'),
  ],
  outputs: NUMBER,
  unit: 'same',
  lookback: longestLookback,
  kernel: kernelOf(
    (params) => {
      // Any of them may be asked for next.
      const least = within(params, 0);
      const averages = Array.from({ length: int(params, 'maxPeriod') - least + 1 }, (_, index) =>
        averageOf(params, least + index).start(),
      );
      return {
        memory: averages.flatMap(({ memory }) => memory),
        step: (values, out) => {
          const wanted = within(params, values[1] ?? Number.NaN) - least;
          out[0] = Number.NaN;
          averages.forEach((average, index) => {
            const value = average.next(values[0] ?? Number.NaN);
            if (index === wanted) out[0] = finite(value);
          });
        },
      };
    },
    (params, [source, periods], [out], length) => {
      if (!source || !periods || !out) return;
      const wanted = periods.map((period) => within(params, period));
      const average = new Float64Array(length);
      out.fill(Number.NaN);
      for (const period of new Set(wanted)) {
        if (Number.isNaN(period)) continue;
        averageOf(params, period).column(source, average, length);
        for (let bar = 0; bar < length; bar += 1)
          if (wanted[bar] === period) out[bar] = finite(average[bar] ?? Number.NaN);
      }
    },
  ),
};
