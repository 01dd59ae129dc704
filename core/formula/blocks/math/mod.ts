import type { KernelBlock } from '../../model/block.ts';
import { remainderBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise, wrap } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const mod: KernelBlock = {
  kind: 'kernel',
  name: 'mod',
  title: 'Remainder',
  group: 'math',
  help: 'What is left of the first after whole multiples of the second; it has the sign of the second.',
  source: OWN,
  example: 'mod(barIndex, 5)',
  inputs: [series('a', 'What is divided.'), series('b', 'By what.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: remainderBounds,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(wrap(a, b))),
};
