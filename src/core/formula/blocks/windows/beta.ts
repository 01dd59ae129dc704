import type { KernelBlock } from '../../block.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
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
      if (!pairs.next(isKnown ? returnOf(a, lastA) : Number.NaN, isKnown ? returnOf(b, lastB) : Number.NaN)) return Number.NaN;
      const spread = pairs.varianceX();
      return spread === 0 ? 0 : pairs.covariance() / spread;
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
