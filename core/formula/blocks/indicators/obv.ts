import type { KernelBlock } from '../../model/block.ts';
import { barKernel } from '../kit/kernel.ts';
import { FEED, NUMBER, TALIB } from '../kit/ports.ts';

export const obv: KernelBlock = {
  kind: 'kernel',
  name: 'obv',
  title: 'On balance volume',
  group: 'indicators',
  help: 'Volume added on bars that close higher and taken away on those that close lower.',
  source: TALIB,
  inputs: [FEED],
  outputs: NUMBER,
  unit: 'volume',
  reads: ['close', 'volume'],
  lookback: () => 0,
  kernel: barKernel(() => {
    // The last close and the balance; a bar without either is passed over.
    const memory = new Float64Array([Number.NaN, 0]);
    return {
      memory: [memory],
      next: (close, volume) => {
        if (Number.isNaN(close) || Number.isNaN(volume)) return Number.NaN;
        const before = memory[0] ?? Number.NaN;
        memory[0] = close;
        return (memory[1] =
          (memory[1] ?? 0) + (Number.isNaN(before) || close > before ? volume : close < before ? -volume : 0));
      },
    };
  }),
};
