import type { KernelBlock } from '../../model/block.ts';
import { choiceBounds } from '../kit/bounds.ts';
import { pointwise } from '../kit/kernel.ts';
import { whereLoop } from '../kit/loops.ts';
import { ANY, condition, OWN } from '../kit/ports.ts';

export const where: KernelBlock = {
  kind: 'kernel',
  name: 'where',
  title: 'Where',
  group: 'logic',
  help: 'One value where a condition is true, another where it is not.',
  source: OWN,
  example: 'where(close > open, volume, 0)',
  inputs: [
    condition('cond', 'The condition.'),
    { name: 'a', type: 'any', help: 'The value where it is true.' },
    { name: 'b', type: 'any', help: 'The value where it is not.' },
  ],
  outputs: ANY,
  unit: 'same',
  pointwise: true,
  bounds: choiceBounds,
  selects: true,
  fillsIn: () => true,
  lookback: () => 0,
  kernel: pointwise((cond, a, b) => (cond === 1 ? a : b), whereLoop),
};
