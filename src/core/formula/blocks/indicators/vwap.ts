import type { KernelBlock } from '../../block.ts';
import { finite, kernelOf } from '../kit/kernel.ts';
import { FEED, NUMBER } from '../kit/ports.ts';

export const vwap: KernelBlock = {
  kind: 'kernel',
  name: 'vwap',
  title: 'Volume-weighted average price',
  group: 'indicators',
  help: 'The mean price since the day began in UTC, weighted by volume.',
  source: 'Typical price times volume over volume, begun anew each day (UTC).',
  inputs: [FEED],
  outputs: NUMBER,
  reads: ['time', 'high', 'low', 'close', 'volume'],
  lookback: () => 0,
  kernel: kernelOf(() => {
    // The day, the money and the volume of it.
    const memory = new Float64Array([Number.NaN, 0, 0]);
    return {
      memory: [memory],
      step: (values, out) => {
        const day = Math.floor((values[0] ?? Number.NaN) / 86_400_000);
        if (day !== memory[0]) {
          memory[0] = day;
          memory[1] = 0;
          memory[2] = 0;
        }
        const volume = values[4] ?? Number.NaN;
        memory[1] = (memory[1] ?? 0) + (((values[1] ?? Number.NaN) + (values[2] ?? Number.NaN) + (values[3] ?? Number.NaN)) / 3) * volume;
        memory[2] = (memory[2] ?? 0) + volume;
        out[0] = finite(memory[1] / memory[2]);
      },
    };
  }),
};
