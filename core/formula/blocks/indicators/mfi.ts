import type { KernelBlock } from '../../model/block.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
import { FEED, NUMBER, period, TALIB } from '../kit/ports.ts';
import { sumCell } from '../kit/sum.ts';
import { zeroOrNa } from '../kit/zero.ts';

/**
 * The money that came in at rising prices, in hundredths of all that moved; 0 where none did. (TA-Lib takes less than 1
 * for none.)
 */
function moneyFlow(window: number): BarCell {
  const [inward, outward] = [sumCell(window), sumCell(window)];
  const last = new Float64Array([Number.NaN]);
  return {
    memory: [...inward.memory, ...outward.memory, last],
    next: (high, low, close, volume) => {
      const price = (high + low + close) / 3;
      const change = price - (last[0] ?? Number.NaN);
      const flow = price * volume + zeroOrNa(change);
      last[0] = price;
      const gained = inward.next(change > 0 ? flow : zeroOrNa(flow));
      const both = gained + outward.next(change < 0 ? flow : zeroOrNa(flow));
      return both <= 0 ? 0 : 100 * (gained / both);
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
