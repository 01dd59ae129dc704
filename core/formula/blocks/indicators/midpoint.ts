import type { KernelBlock } from '../../model/block.ts';
import { highestOf, lowestOf } from '../kit/extremes.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { both, stageKernel } from '../kit/stage.ts';

export const midpoint: KernelBlock = {
  kind: 'kernel',
  name: 'midpoint',
  title: 'Midpoint',
  group: 'indicators',
  help: 'The middle between the smallest and the largest of the last values.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) =>
    both(
      highestOf(int(params, 'timePeriod')),
      lowestOf(int(params, 'timePeriod')),
      (top, bottom) => (top + bottom) / 2,
    ),
  ),
};
