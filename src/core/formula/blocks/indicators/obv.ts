import type { KernelBlock } from '../../block.ts';
import { finite, kernelOf } from '../kit/kernel.ts';
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
  reads: ['close', 'volume'],
  lookback: () => 0,
  kernel: kernelOf(() => {
    // The last close and the balance.
    const memory = new Float64Array([Number.NaN, 0]);
    return {
      memory: [memory],
      step: (values, out) => {
        const close = values[0] ?? Number.NaN;
        const volume = values[1] ?? Number.NaN;
        const before = memory[0] ?? Number.NaN;
        const change = Number.isNaN(before) ? volume : close > before ? volume : close < before ? -volume : 0;
        memory[0] = close;
        memory[1] = (memory[1] ?? 0) + change;
        out[0] = finite(memory[1]);
      },
    };
  }),
};
