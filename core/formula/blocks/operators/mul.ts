import type { KernelBlock } from '../../model/block.ts';
import { productBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { mulLoop } from '../kit/loops.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const mul: KernelBlock = {
  kind: 'kernel',
  name: 'mul',
  title: 'Multiply',
  group: 'math',
  help: 'Their product.',
  source: OWN,
  example: '1.02 * sma(close, 20)',
  syntax: { kind: 'infix', symbol: '*', precedence: 6 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: NUMBER,
  unit: 'product',
  pointwise: true,
  bounds: productBounds,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(a * b), mulLoop),
};
