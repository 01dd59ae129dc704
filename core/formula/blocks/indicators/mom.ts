import type { KernelBlock } from '../../model/block.ts';
import { change } from '../kit/change.ts';
import { int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';

export const mom: KernelBlock = {
  kind: 'kernel',
  name: 'mom',
  title: 'Momentum',
  group: 'indicators',
  help: 'The value less what it was some bars ago.',
  source: TALIB,
  inputs: [SOURCE, period(10, 1)],
  outputs: NUMBER,
  unit: 'spread',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: stageKernel((params) => change(int(params, 'timePeriod'), (now, before) => now - before)),
};
