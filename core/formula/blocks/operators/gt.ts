import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { gtLoop } from '../kit/loops.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const gt: KernelBlock = {
  kind: 'kernel',
  name: 'gt',
  title: 'Greater',
  group: 'logic',
  help: 'Whether the first is above the second.',
  source: OWN,
  syntax: { kind: 'infix', symbol: '>', precedence: 4 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: BOOL,
  pointwise: true,
  implies: [['b', '<', 'a']],
  lookback: () => 0,
  kernel: pointwise((a, b) => (a > b ? 1 : 0), gtLoop),
};
