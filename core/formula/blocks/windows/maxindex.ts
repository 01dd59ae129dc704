import type { KernelBlock } from '../../model/block.ts';
import { extremeIndex } from '../kit/extreme-index.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { guaranteed, period, SOURCE, TALIB } from '../kit/ports.ts';

export const maxindex: KernelBlock = {
  kind: 'kernel',
  name: 'maxindex',
  title: 'Bar of the highest',
  group: 'windows',
  help: 'The bar of the largest of the last values, counted from the first bar of all (0).',
  source: TALIB,
  inputs: [{ ...SOURCE, usual: 'high' }, period(30)],
  outputs: guaranteed({ min: 0, integer: true }),
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => extremeIndex(int(params, 'timePeriod'), 1)),
};
