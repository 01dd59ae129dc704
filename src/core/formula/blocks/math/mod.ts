import type { KernelBlock } from '../../block.ts';
import { finite, pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const mod: KernelBlock = {
  kind: 'kernel',
  name: 'mod',
  title: 'Remainder',
  group: 'math',
  help: 'What is left of the first after whole multiples of the second, with its sign.',
  source: OWN,
  example: 'mod(barIndex, 5)',
  inputs: [series('a', 'One value.'), series('b', 'The other.')],
  outputs: NUMBER,
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(a - b * Math.floor(a / b))),
};
