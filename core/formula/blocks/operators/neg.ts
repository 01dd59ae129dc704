import type { KernelBlock } from '../../model/block.ts';
import { negatedBounds } from '../kit/bounds.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const neg: KernelBlock = {
  kind: 'kernel',
  name: 'neg',
  title: 'Negate',
  group: 'math',
  help: 'The value with the other sign.',
  source: OWN,
  example: '-(close - open)',
  syntax: { kind: 'prefix', symbol: '-', precedence: 7 },
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: negatedBounds,
  lookback: () => 0,
  kernel: pointwise((x) => -x),
};
