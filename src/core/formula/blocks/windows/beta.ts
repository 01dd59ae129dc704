import type { KernelBlock } from '../../block.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
import { pairRing } from '../kit/pair-ring.ts';
import { NUMBER, period, series, TALIB } from '../kit/ports.ts';
import { isZero } from '../kit/zero.ts';

/** The slope of the returns of `b` on those of `a`, from four running sums to which what comes is added before what leaves is taken away. */
function slopeOfReturns(window: number): BarCell {
  const ring = pairRing(window);
  // The last values, then the sums.
  const last = new Float64Array([Number.NaN, Number.NaN]);
  const sums = new Float64Array(4);
  const [x, y, xx, xy] = [0, 1, 2, 3];
  const add = (index: number, value: number): void => {
    sums[index] = (sums[index] ?? 0) + value;
  };
  const sum = (index: number): number => sums[index] ?? 0;
  const returnOf = (now: number, before: number): number => (isZero(before) ? 0 : (now - before) / before);
  return {
    memory: [...ring.memory, last, sums],
    next: (a, b) => {
      const [lastA, lastB] = [last[0] ?? Number.NaN, last[1] ?? Number.NaN];
      last[0] = a;
      last[1] = b;
      if (Number.isNaN(a) || Number.isNaN(b) || Number.isNaN(lastA) || Number.isNaN(lastB)) {
        ring.clear();
        sums.fill(0);
        return Number.NaN;
      }
      const [ofA, ofB] = [returnOf(a, lastA), returnOf(b, lastB)];
      ring.push(ofA, ofB);
      add(xx, ofA * ofA);
      add(xy, ofA * ofB);
      add(x, ofA);
      add(y, ofB);
      if (!ring.isFull()) return Number.NaN;
      const spread = window * sum(xx) - sum(x) * sum(x);
      const beta = isZero(spread) ? 0 : (window * sum(xy) - sum(x) * sum(y)) / spread;
      const [oldA, oldB] = [ring.oldestX(), ring.oldestY()];
      add(xx, -(oldA * oldA));
      add(xy, -(oldA * oldB));
      add(x, -oldA);
      add(y, -oldB);
      return beta;
    },
  };
}

export const beta: KernelBlock = {
  kind: 'kernel',
  name: 'beta',
  title: 'Beta',
  group: 'windows',
  help: 'How much the second series moves, in percent, when the first moves by one percent.',
  source: TALIB,
  inputs: [series('x', 'One series.'), { ...series('y', 'The other.'), usual: 'volume' }, period(5, 1)],
  outputs: NUMBER,
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod'),
  kernel: barKernel((params) => slopeOfReturns(int(params, 'timePeriod'))),
};
