import type { KernelBlock } from '../../model/block.ts';
import { emaCell } from '../kit/averages.ts';
import { delayCell } from '../kit/cells.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { NUMBER, period, SOURCE } from '../kit/ports.ts';

const lag = (length: number): number => Math.floor((length - 1) / 2);

export const zlema: KernelBlock = {
  kind: 'kernel',
  name: 'zlema',
  title: 'Zero-lag exponential average',
  group: 'indicators',
  help: 'An exponential average of values moved ahead by what they have changed during its lag.',
  source: 'John Ehlers and Ric Way: EMA(2x − x[lag], n) with a lag of (n − 1)/2 bars, rounded down.',
  inputs: [SOURCE, period(20)],
  outputs: NUMBER,
  unit: 'same',
  lookback: (params) => int(params, 'timePeriod') - 1 + lag(int(params, 'timePeriod')),
  kernel: cellKernel((params) => {
    const length = int(params, 'timePeriod');
    const [before, average] = [delayCell(lag(length)), emaCell(length)];
    return {
      memory: [...before.memory, ...average.memory],
      next: (x) => average.next(x + (x - before.next(x))),
    };
  }),
};
