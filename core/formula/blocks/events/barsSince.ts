import type { KernelBlock } from '../../model/block.ts';
import { countUpBounds } from '../kit/bounds.ts';
import { kernelOf } from '../kit/kernel.ts';
import { condition, guaranteed, OWN } from '../kit/ports.ts';

export const barsSince: KernelBlock = {
  kind: 'kernel',
  name: 'barsSince',
  title: 'Bars since',
  group: 'events',
  help: 'How many bars ago a condition was last true; na before the first time.',
  source: OWN,
  example: 'barsSince(crossover(close, sma(close, 20)))',
  inputs: [condition('cond', 'The condition.')],
  outputs: guaranteed({ min: 0, integer: true }),
  unit: 'plain',
  bounds: countUpBounds,
  lookback: () => 0,
  kernel: kernelOf(() => {
    const since = new Float64Array([Number.NaN]);
    return {
      memory: [since],
      step: (values, out) => {
        since[0] = values[0] === 1 ? 0 : (since[0] ?? Number.NaN) + 1;
        out[0] = since[0];
      },
    };
  }),
};
