import type { KernelBlock } from '../../model/block.ts';
import { extremeIndex } from '../kit/extreme-index.ts';
import { int } from '../kit/kernel.ts';
import { numbers, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stage, stagesKernel } from '../kit/stage.ts';

export const minmaxindex: KernelBlock = {
  kind: 'kernel',
  name: 'minmaxindex',
  title: 'Bars of the lowest and highest',
  group: 'windows',
  help: 'The bars of the smallest and the largest of the last values, counted from the first bar of all (0).',
  source: TALIB,
  inputs: [SOURCE, period(30)],
  outputs: numbers({ minIndex: 'The bar of the smallest.', maxIndex: 'The bar of the largest.' }),
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stagesKernel((params) => [
    stage(() => extremeIndex(int(params, 'timePeriod'), -1)),
    stage(() => extremeIndex(int(params, 'timePeriod'), 1)),
  ]),
};
