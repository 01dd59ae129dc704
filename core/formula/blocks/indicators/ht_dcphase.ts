import type { KernelBlock } from '../../model/block.ts';
import { phaseCell } from '../kit/cycle-phase.ts';
import { CYCLE_LOOKBACK } from '../kit/cycle.ts';
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
  unit: 'plain',
  lookback: () => CYCLE_LOOKBACK,
  kernel: cellKernel(phaseCell),
};
