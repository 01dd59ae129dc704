import type { KernelBlock } from '../../model/block.ts';
import { delayBatch } from '../kit/batch.ts';
import { pastBounds } from '../kit/bounds.ts';
import { delayCell } from '../kit/cells.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { ANY, bars, OWN } from '../kit/ports.ts';

export const past: KernelBlock = {
  kind: 'kernel',
  name: 'past',
  title: 'Bars ago',
  group: 'events',
  help: 'The value some bars ago: close[1] is the previous close.',
  source: OWN,
  syntax: { kind: 'index' },
  inputs: [{ name: 'x', type: 'any', help: 'The series.' }, bars('bars', 1, 0, 'How many bars ago.')],
  outputs: ANY,
  unit: 'same',
  bounds: pastBounds,
  selects: true,
  lookback: (params) => int(params, 'bars'),
  kernel: {
    ...cellKernel((params) => delayCell(int(params, 'bars')), delayBatch),
    reach: (params) => int(params, 'bars'),
  },
};
