import type { KernelBlock } from '../../block.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { bars, BOOL, OWN, SOURCE } from '../kit/ports.ts';

export const rising: KernelBlock = {
  kind: 'kernel',
  name: 'rising',
  title: 'Rising',
  group: 'events',
  help: 'Whether each value is above the one before.',
  source: OWN,
  example: 'rising(sma(close, 20), 1)',
  inputs: [SOURCE, bars('bars', 1, 1, 'For how many bars in a row.')],
  outputs: BOOL,
  lookback: (params) => int(params, 'bars'),
  kernel: kernelOf((params) => {
    const needed = int(params, 'bars');
    // The last value, and for how many bars it has gone on.
    const memory = new Float64Array([Number.NaN, 0]);
    return {
      memory: [memory],
      step: (values, out) => {
        const x = values[0] ?? Number.NaN;
        const run = x > (memory[0] ?? Number.NaN) ? (memory[1] ?? 0) + 1 : 0;
        memory[0] = x;
        memory[1] = run;
        out[0] = run >= needed ? 1 : 0;
      },
    };
  }),
};
