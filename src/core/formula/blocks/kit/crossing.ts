import type { Kernel } from '../../block.ts';
import { kernelOf } from './kernel.ts';

/**
 * Whether one series was not beyond the other a bar ago and is now, upwards or downwards; missing values compare as false. (The
 * directions are flags, not a function: a call for each bar would cost batch five times as much.)
 */
export function crossing({ up, down }: { readonly up: boolean; readonly down: boolean }): Kernel {
  const kernel = kernelOf(
    () => {
      const last = new Float64Array(2).fill(Number.NaN);
      return {
        memory: [last],
        step: (values, out) => {
          const x = values[0] ?? Number.NaN;
          const y = values[1] ?? Number.NaN;
          const xBefore = last[0] ?? Number.NaN;
          const yBefore = last[1] ?? Number.NaN;
          out[0] = (up && xBefore <= yBefore && x > y) || (down && xBefore >= yBefore && x < y) ? 1 : 0;
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
        out[bar] = (up && xBefore <= yBefore && x > y) || (down && xBefore >= yBefore && x < y) ? 1 : 0;
        xBefore = x;
        yBefore = y;
      }
    },
  );
  return { ...kernel, inPlace: true, reach: () => 1 };
}
