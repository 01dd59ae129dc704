import type { KernelBlock } from '../../block.ts';
import { cycle, CYCLE_LOOKBACK, sineOf } from '../kit/cycle.ts';
import { finite, kernelOf } from '../kit/kernel.ts';
import { numbers, SOURCE, TALIB } from '../kit/ports.ts';

export const htSine: KernelBlock = {
  kind: 'kernel',
  name: 'ht_sine',
  title: 'Sine wave',
  group: 'indicators',
  help: 'The sine of the phase of the dominant cycle, and the same an eighth of a cycle ahead.',
  source: TALIB,
  inputs: [SOURCE],
  outputs: numbers({ sine: 'The sine of the phase.', leadSine: 'The sine of 45 degrees more.' }),
  lookback: () => CYCLE_LOOKBACK,
  kernel: kernelOf(() => {
    const wave = cycle();
    return {
      memory: wave.memory,
      step: (values, out) => {
        const ready = wave.next(values[0] ?? Number.NaN) === 'ready';
        out[0] = ready ? finite(sineOf(wave.phase())) : Number.NaN;
        out[1] = ready ? finite(sineOf(wave.phase() + 45)) : Number.NaN;
      },
    };
  }),
};
