import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { hilbert } from '../kit/hilbert.ts';
import { kernelOf } from '../kit/kernel.ts';
import { numbers, SOURCE, TALIB } from '../kit/ports.ts';

export const htPhasor: KernelBlock = {
  kind: 'kernel',
  name: 'ht_phasor',
  title: 'Phasor',
  group: 'indicators',
  help: 'The price without its trend, in phase with its cycle and a quarter of it on, by the Hilbert transform.',
  source: TALIB,
  inputs: [SOURCE],
  outputs: numbers({ inPhase: 'In phase.', quadrature: 'A quarter of the cycle on.' }),
  unit: 'spread',
  lookback: () => 32,
  kernel: kernelOf(() => {
    const transform = hilbert(12);
    const computed = new Float64Array(1);
    return {
      memory: [...transform.memory, computed],
      step: (values, out) => {
        const transformed = transform.next(values[0] ?? Number.NaN);
        const count = (computed[0] ?? 0) + (transformed ? 1 : 0);
        computed[0] = Math.min(count, 32);
        const ready = transformed && count > 32 - 12;
        out[0] = ready ? finite(transform.inPhase()) : Number.NaN;
        out[1] = ready ? finite(transform.quadrature()) : Number.NaN;
      },
    };
  }),
};
