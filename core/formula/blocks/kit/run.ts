import type { Kernel } from '../../model/block.ts';
import { int, kernelOf } from './kernel.ts';

/** Whether `goesOn(x, before)` has held for so many bars in a row as the parameter `bars` says. */
export const runKernel = (goesOn: (x: number, before: number) => boolean): Kernel =>
  kernelOf((params) => {
    const needed = int(params, 'bars');
    // The last value, and for how many bars it has gone on.
    const memory = new Float64Array([Number.NaN, 0]);
    return {
      memory: [memory],
      step: (values, out) => {
        const x = values[0] ?? Number.NaN;
        const run = goesOn(x, memory[0] ?? Number.NaN) ? (memory[1] ?? 0) + 1 : 0;
        memory[0] = x;
        memory[1] = run;
        out[0] = run >= needed ? 1 : 0;
      },
    };
  });
