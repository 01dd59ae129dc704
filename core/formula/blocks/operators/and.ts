import type { KernelBlock } from '../../model/block.ts';
import { bothBounds } from '../kit/bounds.ts';
import { pointwise } from '../kit/kernel.ts';
import { andLoop } from '../kit/loops.ts';
import { BOOL, condition, OWN } from '../kit/ports.ts';

export const and: KernelBlock = {
  kind: 'kernel',
  name: 'and',
  title: 'And',
  group: 'logic',
  help: 'Whether both are true.',
  source: OWN,
  syntax: { kind: 'infix', symbol: 'and', precedence: 2 },
  inputs: [condition('a', 'One side.'), condition('b', 'The other.')],
  outputs: BOOL,
  pointwise: true,
  bounds: bothBounds,
  lookback: () => 0,
  kernel: pointwise((a, b) => (a === 1 && b === 1 ? 1 : 0), andLoop),
};
