import type { KernelBlock } from '../../model/block.ts';
import { pointwise } from '../kit/kernel.ts';
import { BOOL, OWN, series } from '../kit/ports.ts';

export const na: KernelBlock = {
  kind: 'kernel',
  name: 'na',
  title: 'Is missing',
  group: 'logic',
  help: 'Whether the value is missing.',
  source: OWN,
  example: 'na(sma(close, 200))',
  inputs: [series('x', 'The value.')],
  outputs: BOOL,
  pointwise: true,
  lookback: () => 0,
  kernel: pointwise((x) => (Number.isNaN(x) ? 1 : 0)),
};
