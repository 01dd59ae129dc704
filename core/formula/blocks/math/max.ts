import type { KernelBlock } from '../../model/block.ts';
import { largerBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const max: KernelBlock = {
  kind: 'kernel',
  name: 'max',
  title: 'Larger',
  group: 'math',
  help: 'The larger of two values; na when one is.',
  source: OWN,
  inputs: [series('a', 'One value.'), series('b', 'The other.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: largerBounds,
  selects: true,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(Math.max(a, b))),
};
