import { arcSine } from '#core/elementary/arc.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, series, TALIB } from '../kit/ports.ts';

export const asin: KernelBlock = {
  kind: 'kernel',
  name: 'asin',
  title: 'Arc sine',
  group: 'math',
  help: 'The angle in radians whose sine is the value; na outside -1 to 1.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: guaranteed({ min: -Math.PI / 2, max: Math.PI / 2 }),
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(arcSine(x))),
};
