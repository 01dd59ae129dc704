import type { KernelBlock } from '../../model/block.ts';
import { afterCell } from '../kit/cells.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { bars, FEED, NUMBER, TALIB } from '../kit/ports.ts';
import { sumCell } from '../kit/sum.ts';
import { trueRange } from '../kit/true-range.ts';
import { isZero, zeroOrNa } from '../kit/zero.ts';

export const ultosc: KernelBlock = {
  kind: 'kernel',
  name: 'ultosc',
  title: 'Ultimate oscillator',
  group: 'indicators',
  help: 'Buying pressure against the true range over three windows, the shortest weighing most, from 0 to 100.',
  source: TALIB,
  inputs: [bars('timePeriod1', 7, 1), bars('timePeriod2', 14, 1), bars('timePeriod3', 28, 1), FEED],
  outputs: NUMBER,
  unit: 'points',
  reads: ['high', 'low', 'close'],
  lookback: (params) => Math.max(int(params, 'timePeriod1'), int(params, 'timePeriod2'), int(params, 'timePeriod3')),
  kernel: barKernel((params) => {
    const windows = [int(params, 'timePeriod1'), int(params, 'timePeriod2'), int(params, 'timePeriod3')].sort(
      (a, b) => a - b,
    );
    const longest = Math.max(...windows);
    // All begin on the same bar; the windows weigh 4, 2 and 1.
    const sums = windows.map((window, index) => ({
      pressure: afterCell(longest - window, sumCell(window)),
      range: afterCell(longest - window, sumCell(window)),
      weight: 4 >> index,
    }));
    const range = trueRange();
    const last = new Float64Array([Number.NaN]);
    return {
      memory: [
        ...range.memory,
        last,
        ...sums.flatMap(({ pressure, range: ranges }) => [...pressure.memory, ...ranges.memory]),
      ],
      next: (high, low, close) => {
        const span = range.next(high, low, close);
        const pressure = close - Math.min(low, last[0] ?? Number.NaN) + zeroOrNa(span);
        last[0] = close;
        let total = 0;
        for (const sum of sums) {
          const [gained, ranged] = [sum.pressure.next(pressure), sum.range.next(span + zeroOrNa(pressure))];
          total += isZero(ranged) ? 0 : sum.weight * (gained / ranged);
        }
        return 100 * (total / 7);
      },
    };
  }),
};
