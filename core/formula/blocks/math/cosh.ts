import { hyperbolicCosine } from '#core/elementary/hyperbolic.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, series, TALIB } from '../kit/ports.ts';

export const cosh: KernelBlock = {
  kind: 'kernel',
  name: 'cosh',
  title: 'Hyperbolic cosine',
  group: 'math',
  help: 'Hyperbolic cosine of the value.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: guaranteed({ min: 1 }),
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(hyperbolicCosine(x))),
};
