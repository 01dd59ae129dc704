import type { KernelBlock } from '../../model/block.ts';
import { extremeAgeCell } from '../kit/cells.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { FEED, guaranteed, period, TALIB } from '../kit/ports.ts';

export const aroonosc: KernelBlock = {
  kind: 'kernel',
  name: 'aroonosc',
  title: 'Aroon oscillator',
  group: 'indicators',
  help: 'How much later the highest high was than the lowest low, from -100 to 100.',
  source: TALIB,
  inputs: [period(14), FEED],
  outputs: guaranteed({ min: -100, max: 100, rounded: true }),
  unit: 'points',
  reads: ['high', 'low'],
  lookback: (params) => int(params, 'timePeriod'),
  kernel: barKernel((params) => {
    const window = int(params, 'timePeriod');
    const [lowest, highest] = [extremeAgeCell(window + 1, -1), extremeAgeCell(window + 1, 1)];
    return {
      memory: [...lowest.memory, ...highest.memory],
      next: (high, low) => (100 / window) * (lowest.next(low) - highest.next(high)),
    };
  }),
};
