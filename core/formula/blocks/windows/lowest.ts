import type { KernelBlock } from '../../model/block.ts';
import { windowBounds } from '../kit/bounds.ts';
import { lowestOf } from '../kit/extremes.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const lowest: KernelBlock = {
  kind: 'kernel',
  name: 'lowest',
  title: 'Lowest',
  group: 'windows',
  help: 'The smallest of the last values (MIN of TA-Lib).',
  source: TALIB,
  inputs: [{ ...SOURCE, usual: 'low' }, period(30, 2)],
  outputs: NUMBER,
  unit: 'same',
  bounds: windowBounds,
  selects: true,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: stageKernel((params) => lowestOf(int(params, 'timePeriod'))),
};
