import type { KernelBlock } from '../../model/block.ts';
import { clampedBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const clamp: KernelBlock = {
  kind: 'kernel',
  name: 'clamp',
  title: 'Clamp',
  group: 'math',
  help: 'The value, kept within two bounds.',
  source: OWN,
  example: 'clamp(rsi(close, 14), 30, 70)',
  inputs: [series('x', 'The value.'), series('low', 'The least.'), series('high', 'The most.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: clampedBounds,
  selects: true,
  lookback: () => 0,
  kernel: pointwise((x, low, high) => finite(Math.min(Math.max(x, low), high))),
};
