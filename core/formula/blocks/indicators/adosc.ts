import type { KernelBlock } from '../../model/block.ts';
import { accumulation } from '../kit/accumulation.ts';
import { barKernel, int } from '../kit/kernel.ts';
import { bars, FEED, NUMBER, TALIB } from '../kit/ports.ts';

export const adosc: KernelBlock = {
  kind: 'kernel',
  name: 'adosc',
  title: 'Chaikin oscillator',
  group: 'indicators',
  help: 'A fast average of the accumulation/distribution line less a slow one.',
  source: TALIB,
  inputs: [bars('fastPeriod', 3), bars('slowPeriod', 10), FEED],
  outputs: NUMBER,
  unit: 'volume',
  reads: ['high', 'low', 'close', 'volume'],
  lookback: (params) => Math.max(int(params, 'fastPeriod'), int(params, 'slowPeriod')) - 1,
  kernel: barKernel((params) => {
    const line = accumulation();
    const [fast, slow] = [2 / (int(params, 'fastPeriod') + 1), 2 / (int(params, 'slowPeriod') + 1)];
    const wait = Math.max(int(params, 'fastPeriod'), int(params, 'slowPeriod')) - 1;
    // How many bars there were, the two averages; unlike TA-Lib's other averages they begin at the first value.
    const memory = new Float64Array(3);
    return {
      memory: [...line.memory, memory],
      next: (high, low, close, volume) => {
        const value = line.next(high, low, close, volume);
        if (Number.isNaN(value)) return value;
        const count = memory[0] ?? 0;
        memory[0] = Math.min(count + 1, wait);
        memory[1] = count === 0 && wait > 0 ? value : fast * value + (1 - fast) * (memory[1] ?? 0);
        memory[2] = count === 0 && wait > 0 ? value : slow * value + (1 - slow) * (memory[2] ?? 0);
        return count < wait ? Number.NaN : memory[1] - memory[2];
      },
    };
  }),
};
