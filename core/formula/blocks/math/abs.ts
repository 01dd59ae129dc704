import type { KernelBlock } from '../../model/block.ts';
import { absoluteBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const abs: KernelBlock = {
  kind: 'kernel',
  name: 'abs',
  title: 'Absolute',
  group: 'math',
  help: 'The value without its sign.',
  source: OWN,
  example: 'abs(close - open)',
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: absoluteBounds,
  lookback: () => 0,
  kernel: pointwise((x) => finite(Math.abs(x))),
};
