import type { KernelBlock } from '../../block.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { bars, numbers, period, SOURCE, TALIB } from '../kit/ports.ts';
import { follow, stochastic } from '../kit/stochastic.ts';
import { rsiCell } from '../kit/strength.ts';

export const stochrsi: KernelBlock = {
  kind: 'kernel',
  name: 'stochrsi',
  title: 'Stochastic RSI',
  group: 'indicators',
  help: 'Where the relative strength index lies within its own range, and the average of that.',
  source: TALIB,
  inputs: [SOURCE, period(14), bars('fastKPeriod', 5, 1), bars('fastDPeriod', 3, 1), maTypePort('fastDMaType')],
  outputs: numbers({ k: 'The position within the range.', d: 'The average of k.' }),
  lookback: (params) =>
    int(params, 'timePeriod') + int(params, 'fastKPeriod') - 1 + movingAverageLookback(params['fastDMaType'], int(params, 'fastDPeriod')),
  kernel: kernelOf((params) => {
    const strength = rsiCell(int(params, 'timePeriod'));
    const k = stochastic(int(params, 'fastKPeriod'));
    const signal = movingAverage(params['fastDMaType'], int(params, 'fastDPeriod'));
    return {
      memory: [...strength.memory, ...k.memory, ...signal.memory],
      step: (values, out) => {
        const rsi = strength.next(values[0] ?? Number.NaN);
        follow(k.next(rsi, rsi, rsi), signal, out);
      },
    };
  }),
};
