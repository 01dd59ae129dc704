import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';
import { sumOf } from '../kit/statistics.ts';

export const sum: KernelBlock = {
  kind: 'kernel',
  name: 'sum',
  title: 'Sum',
  group: 'windows',
  help: 'The sum of the last values.',
  source: TALIB,
  inputs: [SOURCE, period(30, 2)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => sumOf(int(params, 'timePeriod'))),
};
