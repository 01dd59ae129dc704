import type { Kernel, KernelBlock } from '../../model/block.ts';
import { finite } from '../kit/finite.ts';
import { barKernel, int, type BarCell } from '../kit/kernel.ts';
import { pairColumns } from '../kit/pair-columns.ts';
import { pairMoments } from '../kit/pair-moments.ts';
import { guaranteed, period, series, TALIB } from '../kit/ports.ts';

/** Pearson's coefficient; 0 where one of both does not vary, as TA-Lib has it. Rounding does not carry it beyond 1. */
function coefficient(varianceX: number, varianceY: number, covariance: number): number {
  const spread = Math.sqrt(varianceX) * Math.sqrt(varianceY);
  return spread === 0 ? 0 : Math.min(Math.max(covariance / spread, -1), 1);
}

function correlation(window: number): BarCell {
  const pairs = pairMoments(window);
  return {
    memory: pairs.memory,
    next: (a, b) =>
      pairs.next(a, b) ? coefficient(pairs.varianceX(), pairs.varianceY(), pairs.covariance()) : Number.NaN,
  };
}

const correlations: Kernel['batch'] = (params, [xs, ys], [out], length) => {
  if (!xs || !ys || !out) return;
  out.fill(Number.NaN, 0, length);
  pairColumns(
    { xs, ys, length, period: int(params, 'timePeriod') },
    ({ varianceX, varianceY, covariance }, block, count) => {
      for (let slot = 0; slot < count; slot += 1) {
        out[block + slot] = finite(
          coefficient(varianceX[slot] ?? Number.NaN, varianceY[slot] ?? Number.NaN, covariance[slot] ?? Number.NaN),
        );
      }
    },
  );
};

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
  kernel: barKernel((params) => correlation(int(params, 'timePeriod')), correlations),
};
