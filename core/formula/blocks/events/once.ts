import type { KernelBlock } from '../../model/block.ts';
import { kernelOf } from '../kit/kernel.ts';
import { BOOL, condition, OWN } from '../kit/ports.ts';

export const once: KernelBlock = {
  kind: 'kernel',
  name: 'once',
  title: 'Once',
  group: 'events',
  help: 'True on the first bar only of each run of true.',
  source: OWN,
  inputs: [{ ...condition('cond', 'The condition.'), mayStandStill: true }],
  outputs: BOOL,
  lookback: () => 0,
  kernel: kernelOf(() => {
    const last = new Float64Array(1);
    return {
      memory: [last],
      step: (values, out) => {
        const now = values[0] === 1 ? 1 : 0;
        out[0] = now === 1 && last[0] === 0 ? 1 : 0;
        last[0] = now;
      },
    };
  }),
};
