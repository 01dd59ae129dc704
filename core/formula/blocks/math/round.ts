import type { KernelBlock } from '../../model/block.ts';
import { roundedBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const round: KernelBlock = {
  kind: 'kernel',
  name: 'round',
  title: 'Round',
  group: 'math',
  help: 'The nearest whole number; halves go up.',
  source: OWN,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: roundedBounds(Math.round),
  lookback: () => 0,
  kernel: pointwise((x) => finite(Math.round(x))),
};
