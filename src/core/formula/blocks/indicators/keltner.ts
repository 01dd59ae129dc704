import type { KernelBlock } from '../../block.ts';
import { emaCell, wilderCell } from '../kit/averages.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { FEED, numbers, period, ratio } from '../kit/ports.ts';
import { averageTrueRange } from '../kit/true-range.ts';

export const keltner: KernelBlock = {
  kind: 'kernel',
  name: 'keltner',
  title: 'Keltner channel',
  group: 'indicators',
  help: 'An exponential average of the close with a band of average true ranges.',
  source: 'Linda Raschke: EMA of the close ± multiplier × ATR.',
  inputs: [period(20), ratio('multiplier', 2, 'Average true ranges to a band.'), FEED],
  outputs: numbers({ upper: 'The upper band.', middle: 'The average.', lower: 'The lower band.' }),
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: kernelOf((params) => {
    const range = averageTrueRange(wilderCell(int(params, 'timePeriod')));
    const average = emaCell(int(params, 'timePeriod'));
    const multiplier = Number(params['multiplier']);
    return {
      memory: [...range.memory, ...average.memory],
      step: (values, out) => {
        const close = values[2] ?? Number.NaN;
        const band = multiplier * range.next(values[0] ?? Number.NaN, values[1] ?? Number.NaN, close);
        const middle = average.next(close);
        out[0] = finite(middle + band);
        out[1] = Number.isNaN(band) ? Number.NaN : finite(middle);
        out[2] = finite(middle - band);
      },
    };
  }),
};
