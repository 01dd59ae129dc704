import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const eq: KernelBlock = {
  kind: 'kernel',
  name: 'eq',
  title: 'Equal',
  group: 'logic',
  help: 'Whether both are exactly equal.',
  source: OWN,
  example: 'dayOfWeek == 1',
  syntax: { kind: 'infix', symbol: '==', precedence: 4 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: BOOL,
  pointwise: true,
  implies: [['a', '==', 'b']],
  lookback: () => 0,
  kernel: pointwise((a, b) => (a === b ? 1 : 0)),
};
