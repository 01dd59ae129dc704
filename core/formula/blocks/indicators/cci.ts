import type { KernelBlock } from '../../model/block.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
import { lostIn } from '../kit/lost.ts';
import { FEED, NUMBER, period, TALIB } from '../kit/ports.ts';

/**
 * The distance of the typical price from its mean over the mean distance. Three times the price is kept, with what
 * rounding takes from that sum, and all is measured from the newest bar: a large price takes no digits from what it
 * moves. 0 where nothing moves.
 */
function deviations(window: number): BarCell {
  const [sums, lost] = [new Float64Array(window), new Float64Array(window)];
  // Where the next bar goes, how many there are.
  const memory = new Float64Array(2);
  const measure = (newest: number, rest: number): number => {
    let mean = 0;
    for (let slot = 0; slot < window; slot += 1) mean += (sums[slot] ?? 0) - newest + ((lost[slot] ?? 0) - rest);
    mean /= window;
    let deviation = 0;
    for (let slot = 0; slot < window; slot += 1)
      deviation += Math.abs((sums[slot] ?? 0) - newest + ((lost[slot] ?? 0) - rest) - mean);
    return mean !== 0 && deviation !== 0 ? -mean / (0.015 * (deviation / window)) : 0;
  };
  return {
    memory: [sums, lost, memory],
    next: (high, low, close) => {
      const half = high + low;
      const sum = half + close;
      if (Number.isNaN(sum)) {
        memory.fill(0);
        return Number.NaN;
      }
      const rest = lostIn(high, low, half) + lostIn(half, close, sum);
      const slot = memory[0] ?? 0;
      const filled = Math.min((memory[1] ?? 0) + 1, window);
      sums[slot] = sum;
      lost[slot] = rest;
      memory[0] = slot + 1 === window ? 0 : slot + 1;
      memory[1] = filled;
      return filled < window ? Number.NaN : measure(sum, rest);
    },
  };
}

export const cci: KernelBlock = {
  kind: 'kernel',
  name: 'cci',
  title: 'Commodity channel index',
  group: 'indicators',
  help: 'How far the typical price lies from its mean, in mean deviations.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: NUMBER,
  unit: 'plain',
  reads: ['high', 'low', 'close'],
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: barKernel((params) => deviations(int(params, 'timePeriod'))),
};
