import type { KernelBlock } from '../../model/block.ts';
import { roundedBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, series, TALIB } from '../kit/ports.ts';

export const ceil: KernelBlock = {
  kind: 'kernel',
  name: 'ceil',
  title: 'Ceiling',
  group: 'math',
  help: 'The next whole number above.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: roundedBounds(Math.ceil),
  lookback: () => 0,
  kernel: pointwise((x) => finite(Math.ceil(x))),
};
