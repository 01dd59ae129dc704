import type { KernelBlock } from '../../block.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
import { pairRing } from '../kit/pair-ring.ts';
import { NUMBER, period, series, TALIB } from '../kit/ports.ts';
import { isZeroOrBelow } from '../kit/zero.ts';

/** Pearson's coefficient from five running sums, which TA-Lib keeps in this order: what leaves is taken away, then what comes is added. */
function correlation(window: number): BarCell {
  const ring = pairRing(window);
  const sums = new Float64Array(5);
  const [x, y, xx, yy, xy] = [0, 1, 2, 3, 4];
  const add = (index: number, value: number): void => {
    sums[index] = (sums[index] ?? 0) + value;
  };
  const sum = (index: number): number => sums[index] ?? 0;
  return {
    memory: [...ring.memory, sums],
    next: (a, b) => {
      if (Number.isNaN(a) || Number.isNaN(b)) {
        ring.clear();
        sums.fill(0);
        return Number.NaN;
      }
      if (ring.isFull()) {
        const [oldA, oldB] = [ring.oldestX(), ring.oldestY()];
        add(x, -oldA);
        add(y, -oldB);
        add(xx, -(oldA * oldA));
        add(yy, -(oldB * oldB));
        add(xy, -(oldA * oldB));
      }
      ring.push(a, b);
      add(x, a);
      add(y, b);
      add(xx, a * a);
      add(yy, b * b);
      add(xy, a * b);
      if (!ring.isFull()) return Number.NaN;
      const spread = (sum(xx) - (sum(x) * sum(x)) / window) * (sum(yy) - (sum(y) * sum(y)) / window);
      return isZeroOrBelow(spread) ? 0 : (sum(xy) - (sum(x) * sum(y)) / window) / Math.sqrt(spread);
    },
  };
}

export const correl: KernelBlock = {
  kind: 'kernel',
  name: 'correl',
  title: 'Correlation',
  group: 'windows',
  help: 'How closely two series move together, from -1 to 1 (Pearson).',
  source: TALIB,
  inputs: [series('x', 'One series.'), { ...series('y', 'The other.'), usual: 'volume' }, period(30, 1)],
  outputs: NUMBER,
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: barKernel((params) => correlation(int(params, 'timePeriod'))),
};
