import type { KernelBlock } from '../../model/block.ts';
import { hilbert } from '../kit/hilbert.ts';
import { cellKernel } from '../kit/kernel.ts';
import { NUMBER, SOURCE, TALIB } from '../kit/ports.ts';

export const htDcperiod: KernelBlock = {
  kind: 'kernel',
  name: 'ht_dcperiod',
  title: 'Dominant cycle period',
  group: 'indicators',
  help: 'How many bars the dominant cycle is long, by the Hilbert transform.',
  source: TALIB,
  inputs: [SOURCE],
  outputs: NUMBER,
  unit: 'plain',
  lookback: () => 32,
  kernel: cellKernel(() => {
    const transform = hilbert(12);
    // The smoothed period, and how many bars were computed.
    const memory = new Float64Array(2);
    return {
      memory: [...transform.memory, memory],
      next: (x) => {
        if (!transform.next(x)) return Number.NaN;
        memory[0] = 0.33 * transform.period() + 0.67 * (memory[0] ?? 0);
        const computed = (memory[1] ?? 0) + 1;
        memory[1] = Math.min(computed, 32);
        return computed > 32 - 12 ? memory[0] : Number.NaN;
      },
    };
  }),
};
