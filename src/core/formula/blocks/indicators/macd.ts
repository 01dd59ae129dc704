import type { KernelBlock } from '../../block.ts';
import { emaCell } from '../kit/averages.ts';
import { finite, int, kernelOf } from '../kit/kernel.ts';
import { bars, numbers, SOURCE, TALIB } from '../kit/ports.ts';

export const macd: KernelBlock = {
  kind: 'kernel',
  name: 'macd',
  title: 'MACD',
  group: 'indicators',
  help: 'A fast average less a slow one, its own average as the signal, and their difference.',
  source: TALIB,
  inputs: [SOURCE, bars('fastPeriod', 12), bars('slowPeriod', 26), bars('signalPeriod', 9, 1)],
  outputs: numbers({ macd: 'The fast average less the slow one.', signal: 'The average of that.', hist: 'The one less the other.' }),
  lookback: (params) => Math.max(int(params, 'fastPeriod'), int(params, 'slowPeriod')) - 1 + int(params, 'signalPeriod') - 1,
  kernel: kernelOf((params) => {
    const [fastPeriod, slowPeriod] = [int(params, 'fastPeriod'), int(params, 'slowPeriod')].sort((a, b) => a - b);
    const [fast, slow, signal] = [emaCell(fastPeriod ?? 12), emaCell(slowPeriod ?? 26), emaCell(int(params, 'signalPeriod'))];
    // TA-Lib seeds both averages at the same bar, so the fast one waits; counted in values that are no na.
    const wait = (slowPeriod ?? 26) - (fastPeriod ?? 12);
    const waited = new Float64Array(1);
    return {
      memory: [waited, ...fast.memory, ...slow.memory, ...signal.memory],
      step: (values, out) => {
        const x = values[0] ?? Number.NaN;
        const ready = (waited[0] ?? 0) >= wait;
        if (!ready && !Number.isNaN(x)) waited[0] = (waited[0] ?? 0) + 1;
        const line = (ready ? fast.next(x) : Number.NaN) - slow.next(x);
        const average = signal.next(line);
        out[0] = Number.isNaN(average) ? Number.NaN : finite(line);
        out[1] = finite(average);
        out[2] = finite(line - average);
      },
    };
  }),
};
