import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { gteLoop } from '../kit/loops.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const gte: KernelBlock = {
  kind: 'kernel',
  name: 'gte',
  title: 'Greater or equal',
  group: 'logic',
  help: 'Whether the first is not below the second.',
  source: OWN,
  syntax: { kind: 'infix', symbol: '>=', precedence: 4 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: BOOL,
  pointwise: true,
  implies: [['b', '<=', 'a']],
  lookback: () => 0,
  kernel: pointwise((a, b) => (a >= b ? 1 : 0), gteLoop),
};
