import type { KernelBlock, Params } from '../../model/block.ts';
import { convergenceKernel, MACD_OUTPUTS } from '../kit/convergence.ts';
import { int } from '../kit/kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from '../kit/moving-average.ts';
import { bars, SOURCE, TALIB } from '../kit/ports.ts';
import { after, type Stage } from '../kit/stage.ts';

const longestLookback = (params: Params): number =>
  Math.max(
    movingAverageLookback(params['fastMaType'], int(params, 'fastPeriod')),
    movingAverageLookback(params['slowMaType'], int(params, 'slowPeriod')),
  );

export const macdext: KernelBlock = {
  kind: 'kernel',
  name: 'macdext',
  title: 'MACD with chosen averages',
  group: 'indicators',
  help: 'A MACD whose three averages are of any kind.',
  source: TALIB,
  inputs: [
    SOURCE,
    bars('fastPeriod', 12),
    maTypePort('fastMaType'),
    bars('slowPeriod', 26),
    maTypePort('slowMaType'),
    bars('signalPeriod', 9, 1),
    maTypePort('signalMaType'),
  ],
  outputs: MACD_OUTPUTS,
  unit: 'spread',
  lookback: (params) =>
    longestLookback(params) + movingAverageLookback(params['signalMaType'], int(params, 'signalPeriod')),
  kernel: convergenceKernel((params) => {
    const first = { type: params['fastMaType'], length: int(params, 'fastPeriod') };
    const second = { type: params['slowMaType'], length: int(params, 'slowPeriod') };
    const longest = longestLookback(params);
    // The first values of both are on the same bar.
    const average = ({ type, length }: typeof first): Stage =>
      after(longest - movingAverageLookback(type, length), movingAverage(type, length));
    const [fast, slow] = second.length < first.length ? [second, first] : [first, second];
    return {
      fast: average(fast),
      slow: average(slow),
      signal: movingAverage(params['signalMaType'], int(params, 'signalPeriod')),
    };
  }),
};
