import type { KernelBlock } from '../../block.ts';
import { int } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { bars, NUMBER, SOURCE, TALIB } from '../kit/ports.ts';
import { both, stageKernel } from '../kit/stage.ts';
import { isZero, zeroOrNa } from '../kit/zero.ts';

export const ppo: KernelBlock = {
  kind: 'kernel',
  name: 'ppo',
  title: 'Percentage price oscillator',
  group: 'indicators',
  help: 'How far a fast average lies from a slow one, in percent of it.',
  source: TALIB,
  inputs: [SOURCE, bars('fastPeriod', 12), bars('slowPeriod', 26), maTypePort('maType')],
  outputs: NUMBER,
  lookback: (params) => movingAverageLookback(params['maType'], Math.max(int(params, 'fastPeriod'), int(params, 'slowPeriod'))),
  kernel: stageKernel((params) => {
    const [first, second] = [int(params, 'fastPeriod'), int(params, 'slowPeriod')];
    const fast = movingAverage(params['maType'], Math.min(first, second));
    const slow = movingAverage(params['maType'], Math.max(first, second));
    return both(fast, slow, (short, long) => (isZero(long) ? zeroOrNa(short) : ((short - long) / long) * 100));
  }),
};
