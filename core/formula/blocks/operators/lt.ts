import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { ltLoop } from '../kit/loops.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const lt: KernelBlock = {
  kind: 'kernel',
  name: 'lt',
  title: 'Less',
  group: 'logic',
  help: 'Whether the first is below the second.',
  source: OWN,
  syntax: { kind: 'infix', symbol: '<', precedence: 4 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: BOOL,
  pointwise: true,
  implies: [['a', '<', 'b']],
  lookback: () => 0,
  kernel: pointwise((a, b) => (a < b ? 1 : 0), ltLoop),
};
