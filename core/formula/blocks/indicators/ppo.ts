import type { KernelBlock } from '../../model/block.ts';
import { NUMBER, TALIB } from '../kit/ports.ts';
import { TWO_AVERAGES, twoAveragesKernel } from '../kit/two-averages.ts';
import { isZero, zeroOrNa } from '../kit/zero.ts';

export const ppo: KernelBlock = {
  kind: 'kernel',
  name: 'ppo',
  title: 'Percentage price oscillator',
  group: 'indicators',
  help: 'How far a fast average lies from a slow one, in percent of it.',
  source: TALIB,
  inputs: TWO_AVERAGES.inputs,
  outputs: NUMBER,
  unit: 'points',
  lookback: TWO_AVERAGES.lookback,
  kernel: twoAveragesKernel((fast, slow) => (isZero(slow) ? zeroOrNa(fast) : ((fast - slow) / slow) * 100)),
};
