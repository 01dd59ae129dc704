import type { KernelBlock } from '../../model/block.ts';
import { extremeIndex } from '../kit/extreme-index.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { guaranteed, period, SOURCE, TALIB } from '../kit/ports.ts';

export const minindex: KernelBlock = {
  kind: 'kernel',
  name: 'minindex',
  title: 'Bar of the lowest',
  group: 'windows',
  help: 'The bar of the smallest of the last values, counted from the first bar of all (0).',
  source: TALIB,
  inputs: [{ ...SOURCE, usual: 'low' }, period(30)],
  outputs: guaranteed({ min: 0, integer: true }),
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => extremeIndex(int(params, 'timePeriod'), -1)),
};
