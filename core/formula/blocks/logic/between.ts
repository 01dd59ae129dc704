import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const between: KernelBlock = {
  kind: 'kernel',
  name: 'between',
  title: 'Between',
  group: 'logic',
  help: 'Whether a value lies within two bounds, both included.',
  source: OWN,
  example: 'between(rsi(close, 14), 40, 60)',
  inputs: [series('x', 'The value.'), series('low', 'The lower bound.'), series('high', 'The upper bound.')],
  outputs: BOOL,
  pointwise: true,
  implies: [
    ['low', '<=', 'x'],
    ['x', '<=', 'high'],
  ],
  lookback: () => 0,
  kernel: pointwise((x, low, high) => (x >= low && x <= high ? 1 : 0)),
};
