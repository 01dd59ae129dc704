import type { KernelBlock } from '../../model/block.ts';
import { windowBounds } from '../kit/bounds.ts';
import { highestOf } from '../kit/extremes.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const highest: KernelBlock = {
  kind: 'kernel',
  name: 'highest',
  title: 'Highest',
  group: 'windows',
  help: 'The largest of the last values (MAX of TA-Lib).',
  source: TALIB,
  inputs: [{ ...SOURCE, usual: 'high' }, period(30, 2)],
  outputs: NUMBER,
  unit: 'same',
  bounds: windowBounds,
  selects: true,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => highestOf(int(params, 'timePeriod'))),
};
