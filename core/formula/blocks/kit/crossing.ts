import type { Kernel } from '../../model/block.ts';
import { kernelOf, machineOf } from './kernel.ts';

/**
 * Whether one series was not beyond the other a bar ago and is now, upwards or downwards; missing values compare as
 * false.
 */
export function crossing({ up, down }: { readonly up: boolean; readonly down: boolean }): Kernel {
  const kernel = kernelOf(
    () => {
      const last = new Float64Array(2).fill(Number.NaN);
      return machineOf([last], (x, y) => {
        const xBefore = last[0] ?? Number.NaN;
        const yBefore = last[1] ?? Number.NaN;
        last[0] = x;
        last[1] = y;
        return (up && xBefore <= yBefore && x > y) || (down && xBefore >= yBefore && x < y) ? 1 : 0;
      });
    },
    (_params, [xs, ys], [out], length) => {
      if (!xs || !ys || !out) return;
      out.fill(0, 0, length);
      if (up) markCrossings(xs, ys, out, length);
      if (down) markCrossings(ys, xs, out, length);
    },
  );
  return { ...kernel, reach: () => 1 };
}

/**
 * Series stay on one side for long: two loops that each wait for one thing cost a fifth of one that asks for both at
 * every bar.
 */
function markCrossings(xs: Float64Array, ys: Float64Array, out: Float64Array, length: number): void {
  let bar = 0;
  while (bar < length) {
    while (bar < length && !((xs[bar] ?? Number.NaN) <= (ys[bar] ?? Number.NaN))) bar += 1;
    while (bar < length && (xs[bar] ?? Number.NaN) <= (ys[bar] ?? Number.NaN)) bar += 1;
    if (bar < length && (xs[bar] ?? Number.NaN) > (ys[bar] ?? Number.NaN)) out[bar] = 1;
  }
}
