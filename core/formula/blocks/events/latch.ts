import type { KernelBlock } from '../../model/block.ts';
import { kernelOf } from '../kit/kernel.ts';
import { BOOL, condition, OWN } from '../kit/ports.ts';

export const latch: KernelBlock = {
  kind: 'kernel',
  name: 'latch',
  title: 'Latch',
  group: 'events',
  help: 'True from the bar on which set is true until the one on which reset is; reset wins.',
  source: OWN,
  example: 'latch(close > highest(high, 20)[1], close < lowest(low, 20)[1])',
  inputs: [condition('set', 'Switches on.'), condition('reset', 'Switches off.')],
  outputs: BOOL,
  lookback: () => 0,
  kernel: kernelOf(() => {
    const on = new Float64Array(1);
    return {
      memory: [on],
      step: (values, out) => {
        on[0] = values[1] === 1 ? 0 : values[0] === 1 ? 1 : (on[0] ?? 0);
        out[0] = on[0];
      },
    };
  }),
};
