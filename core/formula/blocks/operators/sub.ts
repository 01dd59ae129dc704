import type { KernelBlock } from '../../model/block.ts';
import { differenceBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { subLoop } from '../kit/loops.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const sub: KernelBlock = {
  kind: 'kernel',
  name: 'sub',
  title: 'Subtract',
  group: 'math',
  help: 'The first less the second.',
  source: OWN,
  syntax: { kind: 'infix', symbol: '-', precedence: 5 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: NUMBER,
  unit: 'difference',
  pointwise: true,
  bounds: differenceBounds,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(a - b), subLoop),
};
