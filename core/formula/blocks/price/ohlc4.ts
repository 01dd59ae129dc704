import type { KernelBlock } from '../../model/block.ts';
import { kernelOf } from '../kit/kernel.ts';
import { guaranteed, OWN } from '../kit/ports.ts';

export const ohlc4: KernelBlock = {
  kind: 'kernel',
  name: 'ohlc4',
  title: 'Mean price',
  group: 'price',
  help: 'Mean of open, high, low and close.',
  source: OWN,
  syntax: { kind: 'name' },
  inputs: [],
  outputs: guaranteed({ min: 0 }),
  unit: 'price',
  reads: ['open', 'high', 'low', 'close'],
  lookback: () => 0,
  kernel: kernelOf(() => ({
    memory: [],
    step: (values, out) => {
      out[0] = ((values[0] ?? 0) + (values[1] ?? 0) + (values[2] ?? 0) + (values[3] ?? 0)) / 4;
    },
  })),
};
