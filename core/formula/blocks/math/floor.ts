import type { KernelBlock } from '../../model/block.ts';
import { roundedBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, series, TALIB } from '../kit/ports.ts';

export const floor: KernelBlock = {
  kind: 'kernel',
  name: 'floor',
  title: 'Floor',
  group: 'math',
  help: 'The next whole number below.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: roundedBounds(Math.floor),
  lookback: () => 0,
  kernel: pointwise((x) => finite(Math.floor(x))),
};
