import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { slopeCell } from '../kit/line.ts';
import { NUMBER, period, SOURCE, TALIB } from '../kit/ports.ts';

export const linearregSlope: KernelBlock = {
  kind: 'kernel',
  name: 'linearreg_slope',
  title: 'Linear regression slope',
  group: 'windows',
  help: 'What the line of best fit gains with each bar.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: NUMBER,
  unit: 'spread',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => slopeCell(int(params, 'timePeriod'))),
};
