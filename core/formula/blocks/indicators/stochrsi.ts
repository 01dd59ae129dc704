import type { KernelBlock, Params } from '../../model/block.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback, SAME } from '../kit/moving-average.ts';
import { bars, numbers, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stochasticColumns, stochasticMachine, type Smoothing } from '../kit/stochastic.ts';
import { rsiStage } from '../kit/strength.ts';

const smoothing = (params: Params): Smoothing => ({
  window: int(params, 'fastKPeriod'),
  k: SAME,
  d: movingAverage(params['fastDMaType'], int(params, 'fastDPeriod')),
});

export const stochrsi: KernelBlock = {
  kind: 'kernel',
  name: 'stochrsi',
  title: 'Stochastic RSI',
  group: 'indicators',
  help: 'Where the relative strength index lies within its own range, and the average of that.',
  source: TALIB,
  inputs: [SOURCE, period(14), bars('fastKPeriod', 5, 1), bars('fastDPeriod', 3, 1), maTypePort('fastDMaType')],
  outputs: numbers({ k: 'The position within the range.', d: 'The average of k.' }),
  unit: 'points',
  lookback: (params) =>
    int(params, 'timePeriod') +
    int(params, 'fastKPeriod') -
    1 +
    movingAverageLookback(params['fastDMaType'], int(params, 'fastDPeriod')),
  kernel: kernelOf(
    (params) => {
      const strength = rsiStage(int(params, 'timePeriod')).start();
      const position = stochasticMachine(smoothing(params));
      const prices = new Float64Array(3);
      return {
        memory: [...strength.memory, ...position.memory],
        step: (values, out) => {
          prices.fill(strength.next(values[0] ?? Number.NaN));
          position.step(prices, out);
        },
      };
    },
    (params, [source], out, length) => {
      if (!source) return;
      const strength = new Float64Array(length);
      rsiStage(int(params, 'timePeriod')).column(source, strength, length);
      stochasticColumns(smoothing(params), [strength, strength, strength], out, length);
    },
  ),
};
