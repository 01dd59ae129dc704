import type { KernelBlock } from '../../model/block.ts';
import { oppositeBounds } from '../kit/bounds.ts';
import { pointwise } from '../kit/kernel.ts';
import { notLoop } from '../kit/loops.ts';
import { BOOL, condition, OWN } from '../kit/ports.ts';

export const not: KernelBlock = {
  kind: 'kernel',
  name: 'not',
  title: 'Not',
  group: 'logic',
  help: 'Whether the condition is not true.',
  source: OWN,
  syntax: { kind: 'prefix', symbol: 'not', precedence: 3 },
  inputs: [condition('x', 'The condition.')],
  outputs: BOOL,
  pointwise: true,
  bounds: oppositeBounds,
  lookback: () => 0,
  kernel: pointwise((x) => (x === 1 ? 0 : 1), notLoop),
};
