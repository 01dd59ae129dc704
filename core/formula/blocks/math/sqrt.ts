import type { KernelBlock } from '../../model/block.ts';
import { rootBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, series, TALIB } from '../kit/ports.ts';

export const sqrt: KernelBlock = {
  kind: 'kernel',
  name: 'sqrt',
  title: 'Square root',
  group: 'math',
  help: 'Square root; na below zero.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: guaranteed({ min: 0 }),
  unit: 'pure',
  pointwise: true,
  bounds: rootBounds,
  lookback: () => 0,
  kernel: pointwise((x) => finite(Math.sqrt(x))),
};
