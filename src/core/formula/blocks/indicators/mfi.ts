import type { KernelBlock } from '../../block.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
import { pairRing } from '../kit/pair-ring.ts';
import { FEED, NUMBER, period, TALIB } from '../kit/ports.ts';

/** Running sums of the money that came in at rising prices and went out at falling ones; what leaves the window is taken away before what comes is added. */
function moneyFlow(window: number): BarCell {
  const ring = pairRing(window);
  // The last typical price, the sums.
  const memory = new Float64Array([Number.NaN, 0, 0]);
  return {
    memory: [...ring.memory, memory],
    next: (high, low, close, volume) => {
      const price = (high + low + close) / 3;
      const change = price - (memory[0] ?? Number.NaN);
      const flow = price * volume;
      memory[0] = price;
      if (Number.isNaN(change) || Number.isNaN(flow)) {
        ring.clear();
        memory.fill(0, 1);
        return Number.NaN;
      }
      const [inward, outward] = [change > 0 ? flow : 0, change < 0 ? flow : 0];
      const isFull = ring.isFull();
      memory[1] = (memory[1] ?? 0) - (isFull ? ring.oldestX() : 0) + inward;
      memory[2] = (memory[2] ?? 0) - (isFull ? ring.oldestY() : 0) + outward;
      ring.push(inward, outward);
      if (!ring.isFull()) return Number.NaN;
      const both = memory[1] + memory[2];
      return both < 1 ? 0 : 100 * (memory[1] / both);
    },
  };
}

export const mfi: KernelBlock = {
  kind: 'kernel',
  name: 'mfi',
  title: 'Money flow index',
  group: 'indicators',
  help: 'How much of the money of the last bars flowed in at rising prices, from 0 to 100.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: NUMBER,
  unit: 'points',
  reads: ['high', 'low', 'close', 'volume'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: barKernel((params) => moneyFlow(int(params, 'timePeriod'))),
};
