import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { kernelOf } from '../kit/kernel.ts';
import { adaptiveAverage, MAMA_LOOKBACK } from '../kit/mama.ts';
import { numbers, ratio, SOURCE, TALIB } from '../kit/ports.ts';

export const mama: KernelBlock = {
  kind: 'kernel',
  name: 'mama',
  title: 'MESA adaptive average',
  group: 'indicators',
  help: 'An average that follows the faster the phase of the cycle changes, and one that follows it at half its speed.',
  source: TALIB,
  inputs: [
    SOURCE,
    ratio('fastLimit', 0.5, 'The most that a new value weighs.', { min: 0.01, max: 0.99 }),
    ratio('slowLimit', 0.05, 'The least that it weighs.', { min: 0.01, max: 0.99 }),
  ],
  outputs: numbers({ mama: 'The adaptive average.', fama: 'The one that follows it.' }),
  unit: 'same',
  lookback: () => MAMA_LOOKBACK,
  kernel: kernelOf((params) => {
    const average = adaptiveAverage(Number(params['fastLimit']), Number(params['slowLimit']));
    return {
      memory: average.memory,
      step: (values, out) => {
        const ready = average.next(values[0] ?? Number.NaN);
        out[0] = ready ? finite(average.mama()) : Number.NaN;
        out[1] = ready ? finite(average.fama()) : Number.NaN;
      },
    };
  }),
};
