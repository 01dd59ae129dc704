import type { KernelBlock } from '../../block.ts';
import { extremeCell } from '../kit/cells.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { bars, FEED, numbers, TALIB } from '../kit/ports.ts';

export const stoch: KernelBlock = {
  kind: 'kernel',
  name: 'stoch',
  title: 'Stochastic',
  group: 'indicators',
  help: 'Where the close lies within the range of the last bars, smoothed twice.',
  source: TALIB,
  inputs: [bars('fastKPeriod', 5, 1), bars('slowKPeriod', 3, 1), maTypePort('slowKMaType'), bars('slowDPeriod', 3, 1), maTypePort('slowDMaType'), FEED],
  outputs: numbers({ k: 'The smoothed position within the range.', d: 'The average of k.' }),
  reads: ['high', 'low', 'close'],
  lookback: (params) =>
    int(params, 'fastKPeriod') - 1 +
    movingAverageLookback(params['slowKMaType'], int(params, 'slowKPeriod')) +
    movingAverageLookback(params['slowDMaType'], int(params, 'slowDPeriod')),
  kernel: kernelOf((params) => {
    const window = int(params, 'fastKPeriod');
    const [highest, lowest] = [extremeCell(window, 1), extremeCell(window, -1)];
    const slowK = movingAverage(params['slowKMaType'], int(params, 'slowKPeriod'));
    const slowD = movingAverage(params['slowDMaType'], int(params, 'slowDPeriod'));
    return {
      memory: [...highest.memory, ...lowest.memory, ...slowK.memory, ...slowD.memory],
      step: (values, out) => {
        const low = lowest.next(values[1] ?? Number.NaN);
        const range = (highest.next(values[0] ?? Number.NaN) - low) / 100;
        const k = slowK.next(range === 0 ? 0 : ((values[2] ?? Number.NaN) - low) / range);
        const d = slowD.next(k);
        // Both begin with the later one.
        out[0] = Number.isNaN(d) ? Number.NaN : finite(k);
        out[1] = finite(d);
      },
    };
  }),
};
