import { arcCosine } from '#core/elementary/arc.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { guaranteed, series, TALIB } from '../kit/ports.ts';

export const acos: KernelBlock = {
  kind: 'kernel',
  name: 'acos',
  title: 'Arc cosine',
  group: 'math',
  help: 'The angle in radians whose cosine is the value; na outside -1 to 1.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: guaranteed({ min: 0, max: Math.PI }),
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(arcCosine(x))),
};
