import type { KernelBlock } from '../../block.ts';
import { cellKernel, int } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { bars, NUMBER, SOURCE, TALIB } from '../kit/ports.ts';

export const apo: KernelBlock = {
  kind: 'kernel',
  name: 'apo',
  title: 'Absolute price oscillator',
  group: 'indicators',
  help: 'A fast average less a slow one.',
  source: TALIB,
  inputs: [SOURCE, bars('fastPeriod', 12), bars('slowPeriod', 26), maTypePort('maType')],
  outputs: NUMBER,
  lookback: (params) => movingAverageLookback(params['maType'], Math.max(int(params, 'fastPeriod'), int(params, 'slowPeriod'))),
  kernel: cellKernel((params) => {
    const [fastPeriod, slowPeriod] = [int(params, 'fastPeriod'), int(params, 'slowPeriod')];
    const fast = movingAverage(params['maType'], Math.min(fastPeriod, slowPeriod));
    const slow = movingAverage(params['maType'], Math.max(fastPeriod, slowPeriod));
    return {
      memory: [...fast.memory, ...slow.memory],
      next: (x) => {
        const [short, long] = [fast.next(x), slow.next(x)];
        return short - long;
      },
    };
  }),
};
