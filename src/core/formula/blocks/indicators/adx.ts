import type { KernelBlock } from '../../block.ts';
import { wilderCell } from '../kit/averages.ts';
import { directional } from '../kit/directional.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

/** The directional index of a bar; that of the bar before where nothing moved. */
function index(plus: number, minus: number, last: Float64Array): number {
  const both = plus + minus;
  if (Math.abs(both) >= 1e-14) last[0] = 100 * (Math.abs(minus - plus) / both);
  return last[0] ?? 0;
}

export const adx: KernelBlock = {
  kind: 'kernel',
  name: 'adx',
  title: 'Average directional index',
  group: 'indicators',
  help: 'How strong the trend is, whichever way it goes, from 0 to 100.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: guaranteed({ min: 0, max: 100 }),
  reads: ['high', 'low', 'close'],
  lookback: (params) => 2 * int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const movement = directional(int(params, 'timePeriod'));
    const average = wilderCell(int(params, 'timePeriod'));
    const last = new Float64Array(1);
    return {
      memory: [...movement.memory, ...average.memory, last],
      step: (values, out) => {
        const ready = movement.next(values[0] ?? Number.NaN, values[1] ?? Number.NaN, values[2] ?? Number.NaN);
        out[0] = ready ? finite(average.next(index(movement.plus(), movement.minus(), last))) : Number.NaN;
      },
    };
  }),
};
