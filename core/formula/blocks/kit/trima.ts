import type { Cell } from './cells.ts';
import { stage, type Stage } from './stage.ts';
import { sumCell, sumColumn } from './sum.ts';

/**
 * Triangular average, whose weights rise to the middle of the window and fall again: the mean of the means of half of
 * the window.
 */
export function triangular(period: number): Stage {
  const half = Math.floor(period / 2);
  const older = period % 2 === 1 ? half + 1 : half;
  const divider = older * (half + 1);
  const start = (): Cell => {
    const [inner, outer] = [sumCell(older), sumCell(half + 1)];
    return { memory: [...inner.memory, ...outer.memory], next: (x) => outer.next(inner.next(x)) / divider };
  };
  return stage(start, (source, out, length) => {
    const sums = new Float64Array(length);
    sumColumn(source, sums, length, older);
    return sumColumn(sums, out, length, half + 1, divider);
  });
}
