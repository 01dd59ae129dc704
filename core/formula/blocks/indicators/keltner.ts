import type { KernelBlock } from '../../model/block.ts';
import { emaCell, wilderCell } from '../kit/averages.ts';
import { finite } from '../kit/finite.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { bars, FEED, numbers, period, ratio } from '../kit/ports.ts';
import { averageTrueRange } from '../kit/true-range.ts';

export const keltner: KernelBlock = {
  kind: 'kernel',
  name: 'keltner',
  title: 'Keltner channel',
  group: 'indicators',
  help: 'An exponential average of the close with a band of average true ranges.',
  source: "Chester Keltner (1960) in Linda Raschke's form: EMA(close, 20) ± 2 × ATR(10).",
  inputs: [
    period(20),
    ratio('multiplier', 2, 'Average true ranges to a band.'),
    bars('atrPeriod', 10, 1, 'Bars of the average true range.'),
    FEED,
  ],
  outputs: numbers({ upper: 'The upper band.', middle: 'The average.', lower: 'The lower band.' }),
  unit: 'price',
  reads: ['high', 'low', 'close'],
  lookback: (params) => Math.max(int(params, 'timePeriod') - 1, int(params, 'atrPeriod')),
  kernel: kernelOf((params) => {
    const range = averageTrueRange(wilderCell(int(params, 'atrPeriod')));
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
