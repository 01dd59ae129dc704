import type { KernelBlock } from '../../block.ts';
import { emaCell } from '../kit/averages.ts';
import { afterCell } from '../kit/cells.ts';
import { convergence, MACD_OUTPUTS } from '../kit/convergence.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { bars, SOURCE, TALIB } from '../kit/ports.ts';

export const macd: KernelBlock = {
  kind: 'kernel',
  name: 'macd',
  title: 'MACD',
  group: 'indicators',
  help: 'A fast average less a slow one, its own average as the signal, and their difference.',
  source: TALIB,
  inputs: [SOURCE, bars('fastPeriod', 12), bars('slowPeriod', 26), bars('signalPeriod', 9, 1)],
  outputs: MACD_OUTPUTS,
  lookback: (params) => Math.max(int(params, 'fastPeriod'), int(params, 'slowPeriod')) - 1 + int(params, 'signalPeriod') - 1,
  kernel: kernelOf((params) => {
    const [first, second] = [int(params, 'fastPeriod'), int(params, 'slowPeriod')];
    const [fast, slow] = [Math.min(first, second), Math.max(first, second)];
    // TA-Lib seeds both averages at the same bar, so the fast one waits.
    return convergence(afterCell(slow - fast, emaCell(fast)), emaCell(slow), emaCell(int(params, 'signalPeriod')));
  }),
};
