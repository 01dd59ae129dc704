import type { KernelBlock } from '../../block.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
import { pairMoments } from '../kit/pair-moments.ts';
import { guaranteed, period, series, TALIB } from '../kit/ports.ts';

/** Pearson's coefficient; 0 where one of both does not vary, as TA-Lib has it. Rounding does not carry it beyond 1. */
function correlation(window: number): BarCell {
  const pairs = pairMoments(window);
  return {
    memory: pairs.memory,
    next: (a, b) => {
      if (!pairs.next(a, b)) return Number.NaN;
      const spread = Math.sqrt(pairs.varianceX()) * Math.sqrt(pairs.varianceY());
      return spread === 0 ? 0 : Math.min(Math.max(pairs.covariance() / spread, -1), 1);
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
  outputs: guaranteed({ min: -1, max: 1 }),
  unit: 'plain',
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: barKernel((params) => correlation(int(params, 'timePeriod'))),
};
