import { power } from '#core/elementary/power.ts';
import type { KernelBlock } from '../../model/block.ts';
import { powerBounds } from '../kit/bounds.ts';
import { finite } from '../kit/finite.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const pow: KernelBlock = {
  kind: 'kernel',
  name: 'pow',
  title: 'Power',
  group: 'math',
  help: 'The first to the power of the second.',
  source: OWN,
  example: '(close / open) ^ 2',
  syntax: { kind: 'infix', symbol: '^', precedence: 8 },
  inputs: [series('a', 'One side.'), series('b', 'The other.')],
  outputs: NUMBER,
  unit: 'pure',
  pointwise: true,
  bounds: powerBounds,
  // Whatever it is, to the power of 0 it is 1, missing or not.
  fillsIn: (of) => of('b').min <= 0 && of('b').max >= 0,
  lookback: () => 0,
  kernel: pointwise((a, b) => finite(power(a, b))),
};
