import { logarithm } from '#core/elementary/logarithm.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, series, TALIB } from '../kit/ports.ts';

export const ln: KernelBlock = {
  kind: 'kernel',
  name: 'ln',
  title: 'Natural logarithm',
  group: 'math',
  help: 'Natural logarithm; na at zero and below.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(logarithm(x))),
};
