import { hyperbolicSine } from '#core/elementary/hyperbolic.ts';
import type { KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, series, TALIB } from '../kit/ports.ts';

export const sinh: KernelBlock = {
  kind: 'kernel',
  name: 'sinh',
  title: 'Hyperbolic sine',
  group: 'math',
  help: 'Hyperbolic sine of the value.',
  source: TALIB,
  inputs: [series('x', 'The value.')],
  outputs: NUMBER,
  unit: 'pure',
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => finite(hyperbolicSine(x))),
};
