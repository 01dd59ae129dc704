import type { KernelBlock } from '../../model/block.ts';
import { quotientBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { divLoop } from '../kit/loops.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const div: KernelBlock = {
  kind: 'kernel',
  name: 'div',
  title: 'Divide',
  group: 'math',
  help: 'The first over the second; na when that is 0.',
  source: OWN,
  syntax: { kind: 'infix', symbol: '/', precedence: 6 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: NUMBER,
  unit: 'quotient',
  pointwise: true,
  bounds: quotientBounds,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(a / b), divLoop),
};
