import type { KernelBlock } from '../../model/block.ts';
import { convergenceKernel, MACD_OUTPUTS } from '../kit/convergence.ts';
import { int } from '../kit/kernel.ts';
import { exponential } from '../kit/moving-average.ts';
import { bars, SOURCE, TALIB } from '../kit/ports.ts';
import { after } from '../kit/stage.ts';

export const macdfix: KernelBlock = {
  kind: 'kernel',
  name: 'macdfix',
  title: 'MACD 12/26',
  group: 'indicators',
  help: 'The MACD of 12 and 26 bars with the weights that Gerald Appel rounded.',
  source: TALIB,
  inputs: [SOURCE, bars('signalPeriod', 9, 1)],
  outputs: MACD_OUTPUTS,
  unit: 'spread',
  lookback: (params) => 26 - 1 + int(params, 'signalPeriod') - 1,
  kernel: convergenceKernel((params) => ({
    fast: after(26 - 12, exponential(12, 0.15)),
    slow: exponential(26, 0.075),
    signal: exponential(int(params, 'signalPeriod')),
  })),
};
