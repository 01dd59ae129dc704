import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE } from '../kit/ports.ts';
import { percentileCell } from '../kit/statistics.ts';

export const percentile: KernelBlock = {
  kind: 'kernel',
  name: 'percentile',
  title: 'Percentile',
  group: 'windows',
  help: 'The value below which a share of the last values lies: their median at 50%, their lowest at 0%.',
  source:
    'Hyndman and Fan (1996), definition 7, as NumPy and spreadsheets have it: interpolated between the neighbours in the order.',
  inputs: [
    SOURCE,
    period(20, 2),
    {
      name: 'percent',
      type: 'number',
      help: 'The share, from 0% to 100%.',
      default: 0.5,
      min: 0,
      max: 1,
      unit: 'percent',
    },
  ],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => percentileCell(int(params, 'timePeriod'), Number(params['percent']))),
};
