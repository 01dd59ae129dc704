import { sine } from '#core/elementary/circle.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, series, TALIB } from '../kit/ports.ts';

export const sin: KernelBlock = {
  kind: 'kernel',
  name: 'sin',
  title: 'Sine',
  group: 'math',
  help: 'Sine of an angle in radians.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: guaranteed({ min: -1, max: 1 }),
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(sine(x))),
};
