import type { KernelBlock } from '../../model/block.ts';
import { NUMBER, TALIB } from '../kit/ports.ts';
import { TWO_AVERAGES, twoAveragesKernel } from '../kit/two-averages.ts';

export const apo: KernelBlock = {
  kind: 'kernel',
  name: 'apo',
  title: 'Absolute price oscillator',
  group: 'indicators',
  help: 'A fast average less a slow one.',
  source: TALIB,
  inputs: TWO_AVERAGES.inputs,
  outputs: NUMBER,
  unit: 'spread',
  lookback: TWO_AVERAGES.lookback,
  kernel: twoAveragesKernel((fast, slow) => fast - slow),
};
