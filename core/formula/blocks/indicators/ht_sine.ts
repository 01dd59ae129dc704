import type { KernelBlock } from '../../model/block.ts';
import { phaseCell, sineOf } from '../kit/cycle-phase.ts';
import { CYCLE_LOOKBACK } from '../kit/cycle.ts';
import { finite } from '../kit/finite.ts';
import { kernelOf } from '../kit/kernel.ts';
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
  unit: 'plain',
  lookback: () => CYCLE_LOOKBACK,
  kernel: kernelOf(() => {
    const phase = phaseCell();
    return {
      memory: phase.memory,
      step: (values, out) => {
        const degrees = phase.next(values[0] ?? Number.NaN);
        out[0] = finite(sineOf(degrees));
        out[1] = finite(sineOf(degrees + 45));
      },
    };
  }),
};
