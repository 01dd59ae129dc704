import type { Kernel, KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
import { pairColumns } from '../kit/pair-columns.ts';
import { pairMoments } from '../kit/pair-moments.ts';
import { NUMBER, period, series, TALIB } from '../kit/ports.ts';

const returnOf = (now: number, before: number): number => (before === 0 ? 0 : (now - before) / before);

/** The slope of the returns of `b` on those of `a`; 0 where those of `a` do not vary, as TA-Lib has it. */
function slopeOfReturns(window: number): BarCell {
  const pairs = pairMoments(window);
  const last = new Float64Array([Number.NaN, Number.NaN]);
  return {
    memory: [...pairs.memory, last],
    next: (a, b) => {
      const [lastA, lastB] = [last[0] ?? Number.NaN, last[1] ?? Number.NaN];
      last[0] = a;
      last[1] = b;
      const isKnown = !Number.isNaN(a + b + lastA + lastB);
      if (!pairs.next(isKnown ? returnOf(a, lastA) : Number.NaN, isKnown ? returnOf(b, lastB) : Number.NaN))
        return Number.NaN;
      const spread = pairs.varianceX();
      return spread === 0 ? 0 : pairs.covariance() / spread;
    },
  };
}

/** The returns of both wherever those of either are known. */
function returnsOf(as: Float64Array, bs: Float64Array, length: number): readonly [Float64Array, Float64Array] {
  const [xs, ys] = [new Float64Array(length), new Float64Array(length)];
  let [lastA, lastB] = [Number.NaN, Number.NaN];
  for (let bar = 0; bar < length; bar += 1) {
    const a = as[bar] ?? Number.NaN;
    const b = bs[bar] ?? Number.NaN;
    const isKnown = !Number.isNaN(a + b + lastA + lastB);
    xs[bar] = isKnown ? returnOf(a, lastA) : Number.NaN;
    ys[bar] = isKnown ? returnOf(b, lastB) : Number.NaN;
    lastA = a;
    lastB = b;
  }
  return [xs, ys];
}

const slopes: Kernel['batch'] = (params, [as, bs], [out], length) => {
  if (!as || !bs || !out) return;
  const [xs, ys] = returnsOf(as, bs, length);
  out.fill(Number.NaN, 0, length);
  pairColumns({ xs, ys, length, period: int(params, 'timePeriod') }, ({ varianceX, covariance }, block, count) => {
    for (let slot = 0; slot < count; slot += 1) {
      const spread = varianceX[slot] ?? Number.NaN;
      out[block + slot] = spread === 0 ? 0 : finite((covariance[slot] ?? Number.NaN) / spread);
    }
  });
};

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
  kernel: barKernel((params) => slopeOfReturns(int(params, 'timePeriod')), slopes),
};
