import { tangent } from '#core/elementary/circle.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, series, TALIB } from '../kit/ports.ts';

export const tan: KernelBlock = {
  kind: 'kernel',
  name: 'tan',
  title: 'Tangent',
  group: 'math',
  help: 'Tangent of an angle in radians.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(tangent(x))),
};
