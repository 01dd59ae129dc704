import type { KernelBlock } from '../../block.ts';
import { cycle, CYCLE_LOOKBACK } from '../kit/cycle.ts';
import { cellKernel } from '../kit/kernel.ts';
import { NUMBER, SOURCE, TALIB } from '../kit/ports.ts';

export const htDcphase: KernelBlock = {
  kind: 'kernel',
  name: 'ht_dcphase',
  title: 'Dominant cycle phase',
  group: 'indicators',
  help: 'Where in the dominant cycle the price is, in degrees, by the Hilbert transform.',
  source: TALIB,
  inputs: [SOURCE],
  outputs: NUMBER,
  lookback: () => CYCLE_LOOKBACK,
  kernel: cellKernel(() => {
    const wave = cycle();
    return { memory: wave.memory, next: (x) => (wave.next(x) === 'ready' ? wave.phase() : Number.NaN) };
  }),
};
