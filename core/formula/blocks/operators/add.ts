import type { KernelBlock } from '../../model/block.ts';
import { sumBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { addLoop } from '../kit/loops.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const add: KernelBlock = {
  kind: 'kernel',
  name: 'add',
  title: 'Add',
  group: 'math',
  help: 'Their sum.',
  source: OWN,
  example: 'sma(close, 20) + 2 * atr(14)',
  syntax: { kind: 'infix', symbol: '+', precedence: 5 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: NUMBER,
  unit: 'sum',
  pointwise: true,
  bounds: sumBounds,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(a + b), addLoop),
};
