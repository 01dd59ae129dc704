import type { KernelBlock } from '../../model/block.ts';
import { barKernel } from '../kit/kernel.ts';
import { FEED, NUMBER, ratio, TALIB } from '../kit/ports.ts';
import { parabolicStop } from '../kit/sar.ts';

export const sar: KernelBlock = {
  kind: 'kernel',
  name: 'sar',
  title: 'Parabolic SAR',
  group: 'indicators',
  help: 'A stop that follows the price ever faster and reverses when it is hit.',
  source: TALIB,
  inputs: [
    ratio('acceleration', 0.02, 'Where the acceleration begins, and what each new extreme adds.', { min: 0 }),
    ratio('maximum', 0.2, 'The most that it may be.', { min: 0 }),
    FEED,
  ],
  outputs: NUMBER,
  unit: 'price',
  reads: ['high', 'low'],
  lookback: () => 1,
  kernel: barKernel((params) => {
    const acceleration = {
      start: Number(params['acceleration']),
      step: Number(params['acceleration']),
      most: Number(params['maximum']),
    };
    const stop = parabolicStop({ startValue: 0, offsetOnReverse: 0, long: acceleration, short: acceleration });
    return { memory: stop.memory, next: (high, low) => (stop.next(high, low) ? stop.stop() : Number.NaN) };
  }),
};
