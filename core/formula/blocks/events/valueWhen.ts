import type { KernelBlock } from '../../model/block.ts';
import { heldBounds } from '../kit/bounds.ts';
import { kernelOf } from '../kit/kernel.ts';
import { condition, NUMBER, OWN, SOURCE } from '../kit/ports.ts';

export const valueWhen: KernelBlock = {
  kind: 'kernel',
  name: 'valueWhen',
  title: 'Value when',
  group: 'events',
  help: 'What a series was when a condition was last true; na before the first time.',
  source: OWN,
  example: 'valueWhen(crossover(close, sma(close, 20)), close)',
  inputs: [condition('cond', 'The condition.'), { ...SOURCE, mayStandStill: true }],
  outputs: NUMBER,
  unit: 'same',
  bounds: heldBounds,
  selects: true,
  lookback: () => 0,
  kernel: kernelOf(() => {
    const held = new Float64Array([Number.NaN]);
    return {
      memory: [held],
      step: (values, out) => {
        if (values[0] === 1) held[0] = values[1] ?? Number.NaN;
        out[0] = held[0] ?? Number.NaN;
      },
    };
  }),
};
