import type { KernelBlock } from '../../model/block.ts';
import { highestOf, lowestOf } from '../kit/extremes.ts';
import { int } from '../kit/kernel.ts';
import { numbers, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stagesKernel } from '../kit/stage.ts';

export const minmax: KernelBlock = {
  kind: 'kernel',
  name: 'minmax',
  title: 'Lowest and highest',
  group: 'windows',
  help: 'The smallest and the largest of the last values.',
  source: TALIB,
  inputs: [SOURCE, period(30)],
  outputs: numbers({ min: 'The smallest.', max: 'The largest.' }),
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stagesKernel((params) => [lowestOf(int(params, 'timePeriod')), highestOf(int(params, 'timePeriod'))]),
};
