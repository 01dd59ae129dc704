import type { KernelBlock } from '../../model/block.ts';
import { replacedBounds } from '../kit/bounds.ts';
import { pointwise } from '../kit/kernel.ts';
import { NUMBER, OWN, series } from '../kit/ports.ts';

export const nz: KernelBlock = {
  kind: 'kernel',
  name: 'nz',
  title: 'Replace missing',
  group: 'logic',
  help: 'The value, or the other one where it is missing.',
  source: OWN,
  example: 'nz(sma(close, 200), close)',
  inputs: [series('x', 'The value.'), { ...series('y', 'What stands in for it.'), default: 0 }],
  outputs: NUMBER,
  unit: 'same',
  pointwise: true,
  bounds: replacedBounds,
  selects: true,
  fillsIn: () => true,
  lookback: () => 0,
  kernel: pointwise((x, y) => (Number.isNaN(x) ? y : x)),
};
