import type { KernelBlock } from '../../block.ts';
import { roundedBounds } from '../kit/bounds.ts';
import { finite, pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const floor: KernelBlock = {
  kind: 'kernel',
  name: 'floor',
  title: 'Floor',
  group: 'math',
  help: 'The next whole number below.',
  source: OWN,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  pointwise: true,
  bounds: roundedBounds(Math.floor),
  lookback: () => 0,
  kernel: pointwise((x) => finite(Math.floor(x))),
};
