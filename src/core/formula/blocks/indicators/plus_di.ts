import type { KernelBlock } from '../../block.ts';
import { directional } from '../kit/directional.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { FEED, NUMBER, period, TALIB } from '../kit/ports.ts';

export const plusDi: KernelBlock = {
  kind: 'kernel',
  name: 'plus_di',
  title: 'Plus directional indicator',
  group: 'indicators',
  help: 'How strong the upward moves are against the true range.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: NUMBER,
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: kernelOf((params) => {
    const movement = directional(int(params, 'timePeriod'));
    return {
      memory: movement.memory,
      step: (values, out) => {
        const ready = movement.next(values[0] ?? Number.NaN, values[1] ?? Number.NaN, values[2] ?? Number.NaN);
        out[0] = ready ? finite(movement.plus()) : Number.NaN;
      },
    };
  }),
};
