import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE } from '../kit/ports.ts';
import { zscoreCell } from '../kit/statistics.ts';

export const zscore: KernelBlock = {
  kind: 'kernel',
  name: 'zscore',
  title: 'Z-score',
  group: 'windows',
  help: 'How many standard deviations the value lies above the mean of its window; na where nothing varies.',
  source: 'The standard score, by the mean and population deviation of the window, itself included.',
  inputs: [SOURCE, period(20, 2)],
  outputs: NUMBER,
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => zscoreCell(int(params, 'timePeriod'))),
};
