import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { guaranteed, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';
import { rsiStage } from '../kit/strength.ts';

export const rsi: KernelBlock = {
  kind: 'kernel',
  name: 'rsi',
  title: 'Relative strength index',
  group: 'indicators',
  help: 'How much of the recent movement was upwards, from 0 to 100.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: guaranteed({ min: 0, max: 100 }),
  unit: 'points',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: stageKernel((params) => rsiStage(int(params, 'timePeriod'))),
};
