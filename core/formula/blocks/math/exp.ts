import { exponential } from '#core/elementary/exponential.ts';
import type { KernelBlock } from '../../model/block.ts';
import { exponentialBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, series, TALIB } from '../kit/ports.ts';

export const exp: KernelBlock = {
  kind: 'kernel',
  name: 'exp',
  title: 'Exponential',
  group: 'math',
  help: 'e to the power of the value.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: guaranteed({ min: 0 }),
  unit: 'pure',
  pointwise: true,
  bounds: exponentialBounds,
  lookback: () => 0,
  kernel: pointwise((x) => finite(exponential(x))),
};
