import type { KernelBlock, Params } from '../../model/block.ts';
import { finite, finiteBars } from '../kit/finite.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { numbers, period, ratio, SOURCE, TALIB } from '../kit/ports.ts';
import { after, delayed, type Stage } from '../kit/stage.ts';
import { deviationOf } from '../kit/statistics.ts';
import { zeroOrNa } from '../kit/zero.ts';

/** How many bars later the first average comes than the first deviation. */
const lag = (params: Params): number =>
  movingAverageLookback(params['maType'], int(params, 'timePeriod')) - (int(params, 'timePeriod') - 1);

/**
 * TA-Lib pairs the first average with the first deviation, whichever bars they are of. The average is late only where
 * it is a MAMA, which does not care for the period: then its values go with deviations of later bars.
 */
const averageStage = (params: Params): Stage =>
  delayed(Math.max(-lag(params), 0), movingAverage(params['maType'], int(params, 'timePeriod')));

/** It begins late, so that its first value is of the bar of the first average. */
const deviationStage = (params: Params): Stage =>
  after(Math.max(lag(params), 0), deviationOf(int(params, 'timePeriod')));

/** Bars that are looked at together. */
const BLOCK = 1024;

export const bbands: KernelBlock = {
  kind: 'kernel',
  name: 'bbands',
  title: 'Bollinger bands',
  group: 'indicators',
  help: 'A moving average with a band of standard deviations above and below it.',
  source: TALIB,
  inputs: [
    SOURCE,
    period(5),
    ratio('nbDevUp', 2, 'Deviations to the upper band.'),
    ratio('nbDevDn', 2, 'Deviations to the lower band.'),
    maTypePort('maType'),
  ],
  outputs: numbers({ upper: 'The upper band.', middle: 'The average.', lower: 'The lower band.' }),
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1 + Math.max(lag(params), 0),
  kernel: kernelOf(
    (params) => {
      const [average, deviation] = [averageStage(params).start(), deviationStage(params).start()];
      const [up, down] = [Number(params['nbDevUp']), Number(params['nbDevDn'])];
      return {
        memory: [...average.memory, ...deviation.memory],
        step: (values, out) => {
          const x = values[0] ?? Number.NaN;
          const band = deviation.next(x);
          const middle = average.next(x) + zeroOrNa(band);
          out[0] = finite(middle + band * up);
          out[1] = finite(middle);
          out[2] = finite(middle - band * down);
        },
      };
    },
    (params, [source], [upper, middle, lower], length) => {
      if (!source || !upper || !middle || !lower) return;
      const [up, down] = [Number(params['nbDevUp']), Number(params['nbDevDn'])];
      averageStage(params).column(source, middle, length);
      deviationStage(params).column(source, lower, length);
      // In blocks: the probe of a block is finite only if all of its values are, which costs less than to look at each
      // of them.
      for (let block = 0; block < length; block += BLOCK) {
        const end = Math.min(length, block + BLOCK);
        let probe = 0;
        for (let bar = block; bar < end; bar += 1) {
          const band = lower[bar] ?? Number.NaN;
          const average = (middle[bar] ?? Number.NaN) + zeroOrNa(band);
          const above = average + band * up;
          const below = average - band * down;
          upper[bar] = above;
          middle[bar] = average;
          lower[bar] = below;
          probe += above - below;
        }
        if (probe - probe !== 0) for (const column of [upper, middle, lower]) finiteBars(column, block, end);
      }
    },
  ),
};
