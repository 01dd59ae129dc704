import type { KernelBlock } from '../../model/block.ts';
import { crossing } from '../kit/crossing.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const cross: KernelBlock = {
  kind: 'kernel',
  name: 'cross',
  title: 'Crosses',
  group: 'events',
  help: 'Whether the first crosses the second, upwards or downwards.',
  source: OWN,
  inputs: [
    { ...series('x', 'The one that crosses.'), mayStandStill: true },
    { ...series('y', 'What it crosses.'), mayStandStill: true },
  ],
  outputs: BOOL,
  implies: [['x', '!=', 'y']],
  lookback: () => 1,
  kernel: crossing({ up: true, down: true }),
};
