import type { KernelBlock } from '../../model/block.ts';
import { crossing } from '../kit/crossing.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const crossover: KernelBlock = {
  kind: 'kernel',
  name: 'crossover',
  title: 'Crosses above',
  group: 'events',
  help: 'Whether the first was not above the second a bar ago and is now.',
  source: OWN,
  inputs: [
    { ...series('x', 'The one that crosses.'), mayStandStill: true },
    { ...series('y', 'What it crosses.'), mayStandStill: true },
  ],
  outputs: BOOL,
  implies: [['y', '<', 'x']],
  lookback: () => 1,
  kernel: crossing({ up: true, down: false }),
};
