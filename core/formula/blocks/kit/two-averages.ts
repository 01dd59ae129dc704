import type { Kernel, KernelBlock } from '../../model/block.ts';
import { int } from './kernel.ts';
import { maTypePort, movingAverage, movingAverageLookback } from './moving-average.ts';
import { bars, SOURCE } from './ports.ts';
import { both, stageKernel } from './stage.ts';

/**
 * What blocks have in common that compare a fast average of a series with a slow one, whichever of the two periods is
 * the longer.
 */
export const TWO_AVERAGES = {
  inputs: [SOURCE, bars('fastPeriod', 12), bars('slowPeriod', 26), maTypePort('maType')],
  lookback: (params) =>
    movingAverageLookback(params['maType'], Math.max(int(params, 'fastPeriod'), int(params, 'slowPeriod'))),
} as const satisfies Partial<KernelBlock>;

export const twoAveragesKernel = (compare: (fast: number, slow: number) => number): Kernel =>
  stageKernel((params) => {
    const [first, second] = [int(params, 'fastPeriod'), int(params, 'slowPeriod')];
    const fast = movingAverage(params['maType'], Math.min(first, second));
    const slow = movingAverage(params['maType'], Math.max(first, second));
    return both(fast, slow, compare);
  });
