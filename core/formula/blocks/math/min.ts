import type { KernelBlock } from '../../model/block.ts';
import { smallerBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const min: KernelBlock = {
  kind: 'kernel',
  name: 'min',
  title: 'Smaller',
  group: 'math',
  help: 'The smaller of two values; na when one is.',
  source: OWN,
  inputs: [series('a', 'One value.'), series('b', 'The other.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: smallerBounds,
  selects: true,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(Math.min(a, b))),
};
