import { arcTangent } from '#core/elementary/arc.ts';
import type { KernelBlock } from '../../model/block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { slopeCell } from '../kit/line.ts';
import { guaranteed, period, SOURCE, TALIB } from '../kit/ports.ts';

export const linearregAngle: KernelBlock = {
  kind: 'kernel',
  name: 'linearreg_angle',
  title: 'Linear regression angle',
  group: 'windows',
  help: 'How steep the line of best fit is, in degrees.',
  source: TALIB,
  inputs: [SOURCE, period(14)],
  outputs: guaranteed({ min: -90, max: 90, rounded: true }),
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: cellKernel((params) => {
    const { memory, next } = slopeCell(int(params, 'timePeriod'));
    return { memory, next: (x) => arcTangent(next(x)) * (180 / Math.PI) };
  }),
};
