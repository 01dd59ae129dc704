import type { KernelBlock } from '../../model/block.ts';
import { eitherBounds } from '../kit/bounds.ts';
import { pointwise } from '../kit/kernel.ts';
import { orLoop } from '../kit/loops.ts';
import { BOOL, condition, OWN } from '../kit/ports.ts';

export const or: KernelBlock = {
  kind: 'kernel',
  name: 'or',
  title: 'Or',
  group: 'logic',
  help: 'Whether at least one is true.',
  source: OWN,
  syntax: { kind: 'infix', symbol: 'or', precedence: 1 },
  inputs: [condition('a', 'One side.'), condition('b', 'The other.')],
  outputs: BOOL,
  pointwise: true,
  bounds: eitherBounds,
  lookback: () => 0,
  kernel: pointwise((a, b) => (a === 1 || b === 1 ? 1 : 0), orLoop),
};
