import type { KernelBlock } from '../../model/block.ts';
import { countBounds } from '../kit/bounds.ts';
import { int, kernelOf } from '../kit/kernel.ts';
import { condition, guaranteed, OWN, period } from '../kit/ports.ts';

export const count: KernelBlock = {
  kind: 'kernel',
  name: 'count',
  title: 'Count',
  group: 'events',
  help: 'On how many of the last bars a condition was true.',
  source: OWN,
  inputs: [condition('cond', 'The condition.'), period(14, 1)],
  outputs: guaranteed({ min: 0, integer: true }),
  unit: 'plain',
  bounds: countBounds,
  lookback: (params) => int(params, 'timePeriod') - 1,
  kernel: kernelOf((params) => {
    const window = int(params, 'timePeriod');
    // A ring of the last conditions, then: where the next goes, how many bars there were, how many were true.
    const memory = new Float64Array(window + 3);
    return {
      memory: [memory],
      step: (values, out) => {
        const slot = memory[window] ?? 0;
        const now = values[0] === 1 ? 1 : 0;
        const total = (memory[window + 2] ?? 0) + now - (memory[slot] ?? 0);
        const filled = Math.min((memory[window + 1] ?? 0) + 1, window);
        memory[slot] = now;
        memory[window] = slot + 1 === window ? 0 : slot + 1;
        memory[window + 1] = filled;
        memory[window + 2] = total;
        out[0] = filled < window ? Number.NaN : total;
      },
    };
  }),
};
