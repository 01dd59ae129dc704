import type { KernelBlock } from '../../model/block.ts';
import { roundedBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const sign: KernelBlock = {
  kind: 'kernel',
  name: 'sign',
  title: 'Sign',
  group: 'math',
  help: '1 above zero, -1 below, 0 at zero.',
  source: OWN,
  example: 'sign(close - open)',
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'plain',
  pointwise: true,
  bounds: roundedBounds(Math.sign),
  lookback: () => 0,
  kernel: pointwise((x) => finite(Math.sign(x))),
};
