import type { KernelBlock } from '../../block.ts';
import { finite, pointwise } from '../kit/kernel.ts';
import { NUMBER, series, TALIB } from '../kit/ports.ts';

export const tanh: KernelBlock = {
  kind: 'kernel',
  name: 'tanh',
  title: 'Hyperbolic tangent',
  group: 'math',
  help: 'Hyperbolic tangent of the value, between -1 and 1.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(Math.tanh(x))),
};
