import type { Kernel } from '../../block.ts';
import { kernelOf } from './kernel.ts';

/** A comparison of two series at this bar and at the one before; missing values compare as false. */
export function crossing(happens: (xBefore: number, yBefore: number, x: number, y: number) => boolean): Kernel {
  return kernelOf(
    () => {
      const last = new Float64Array(2).fill(Number.NaN);
      return {
        memory: [last],
        step: (values, out) => {
          const x = values[0] ?? Number.NaN;
          const y = values[1] ?? Number.NaN;
          out[0] = happens(last[0] ?? Number.NaN, last[1] ?? Number.NaN, x, y) ? 1 : 0;
          last[0] = x;
          last[1] = y;
        },
      };
    },
    (_params, [xs, ys], [out], length) => {
      if (!xs || !ys || !out) return;
      let xBefore = Number.NaN;
      let yBefore = Number.NaN;
      for (let bar = 0; bar < length; bar += 1) {
        const x = xs[bar] ?? Number.NaN;
        const y = ys[bar] ?? Number.NaN;
        out[bar] = happens(xBefore, yBefore, x, y) ? 1 : 0;
        xBefore = x;
        yBefore = y;
      }
    },
  );
}
