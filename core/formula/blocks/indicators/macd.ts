import type { KernelBlock } from '../../model/block.ts';
import { convergenceKernel, MACD_OUTPUTS } from '../kit/convergence.ts';
import { int } from '../kit/kernel.ts';
import { exponential } from '../kit/moving-average.ts';
import { bars, SOURCE, TALIB } from '../kit/ports.ts';
import { after } from '../kit/stage.ts';

export const macd: KernelBlock = {
  kind: 'kernel',
  name: 'macd',
  title: 'MACD',
  group: 'indicators',
  help: 'A fast average less a slow one, its own average as the signal, and their difference.',
  source: TALIB,
  inputs: [SOURCE, bars('fastPeriod', 12), bars('slowPeriod', 26), bars('signalPeriod', 9, 1)],
  outputs: MACD_OUTPUTS,
  unit: 'spread',
  lookback: (params) =>
    Math.max(int(params, 'fastPeriod'), int(params, 'slowPeriod')) - 1 + int(params, 'signalPeriod') - 1,
  kernel: convergenceKernel((params) => {
    const [first, second] = [int(params, 'fastPeriod'), int(params, 'slowPeriod')];
    const [fast, slow] = [Math.min(first, second), Math.max(first, second)];
    // TA-Lib seeds both averages at the same bar, so the fast one waits.
    return {
      fast: after(slow - fast, exponential(fast)),
      slow: exponential(slow),
      signal: exponential(int(params, 'signalPeriod')),
    };
  }),
};
