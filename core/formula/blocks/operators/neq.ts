import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const neq: KernelBlock = {
  kind: 'kernel',
  name: 'neq',
  title: 'Not equal',
  group: 'logic',
  help: 'Whether they differ; false when one is na.',
  source: OWN,
  example: 'dayOfWeek != 1',
  syntax: { kind: 'infix', symbol: '!=', precedence: 4 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: BOOL,
  pointwise: true,
  implies: [['a', '!=', 'b']],
  lookback: () => 0,
  kernel: pointwise((a, b) => (a < b || a > b ? 1 : 0)),
};
