import type { KernelBlock } from '../../block.ts';
import { emaCell } from '../kit/averages.ts';
import { afterCell } from '../kit/cells.ts';
import { convergence, MACD_OUTPUTS } from '../kit/convergence.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { bars, SOURCE, TALIB } from '../kit/ports.ts';

export const macdfix: KernelBlock = {
  kind: 'kernel',
  name: 'macdfix',
  title: 'MACD 12/26',
  group: 'indicators',
  help: 'The MACD of 12 and 26 bars with the weights that Gerald Appel rounded.',
  source: TALIB,
  inputs: [SOURCE, bars('signalPeriod', 9, 1)],
  outputs: MACD_OUTPUTS,
  lookback: (params) => 26 - 1 + int(params, 'signalPeriod') - 1,
  kernel: kernelOf((params) => convergence(afterCell(26 - 12, emaCell(12, 0.15)), emaCell(26, 0.075), emaCell(int(params, 'signalPeriod')))),
};
