import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { bars, BOOL, OWN, SOURCE } from '../kit/ports.ts';
import { runKernel } from '../kit/run.ts';

export const rising: KernelBlock = {
  kind: 'kernel',
  name: 'rising',
  title: 'Rising',
  group: 'events',
  help: 'Whether each value is above the one before.',
  source: OWN,
  example: 'rising(sma(close, 20), 1)',
  inputs: [SOURCE, bars('bars', 1, 1, 'For how many bars in a row.')],
  outputs: BOOL,
  lookback: (params) => int(params, 'bars'),
  kernel: runKernel((x, before) => x > before),
};
