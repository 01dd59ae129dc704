import type { KernelBlock } from '../../model/block.ts';
import { crossing } from '../kit/crossing.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const crossunder: KernelBlock = {
  kind: 'kernel',
  name: 'crossunder',
  title: 'Crosses below',
  group: 'events',
  help: 'Whether the first was not below the second a bar ago and is now.',
  source: OWN,
  inputs: [
    { ...series('x', 'The one that crosses.'), mayStandStill: true },
    { ...series('y', 'What it crosses.'), mayStandStill: true },
  ],
  outputs: BOOL,
  implies: [['x', '<', 'y']],
  lookback: () => 1,
  kernel: crossing({ up: false, down: true }),
};
