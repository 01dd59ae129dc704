import type { KernelBlock } from '../../model/block.ts';
import { int } from '../kit/kernel.ts';
import { guaranteed, period, SOURCE, TALIB } from '../kit/ports.ts';
import { stageKernel } from '../kit/stage.ts';
import { strength } from '../kit/strength.ts';

export const cmo: KernelBlock = {
  kind: 'kernel',
  name: 'cmo',
  title: 'Chande momentum oscillator',
  group: 'indicators',
  help: 'The gains of the last bars less the losses, as a share of both, from -100 to 100.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: guaranteed({ min: -100, max: 100 }),
  unit: 'points',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: stageKernel((params) => strength(int(params, 'timePeriod'), 'balance')),
};
