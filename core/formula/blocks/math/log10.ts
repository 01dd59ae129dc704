import { decimalLogarithm } from '#core/elementary/logarithm.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, series, TALIB } from '../kit/ports.ts';

export const log10: KernelBlock = {
  kind: 'kernel',
  name: 'log10',
  title: 'Logarithm',
  group: 'math',
  help: 'Logarithm to the base 10; na at zero and below.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(decimalLogarithm(x))),
};
