import { hyperbolicTangent } from '#core/elementary/hyperbolic.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, series, TALIB } from '../kit/ports.ts';

export const tanh: KernelBlock = {
  kind: 'kernel',
  name: 'tanh',
  title: 'Hyperbolic tangent',
  group: 'math',
  help: 'Hyperbolic tangent of the value, between -1 and 1.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: guaranteed({ min: -1, max: 1 }),
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(hyperbolicTangent(x))),
};
