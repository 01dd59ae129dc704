import type { Cell } from './cells.ts';
import { sumCell } from './sum.ts';

/** Triangular average, whose weights rise to the middle of the window and fall again: the mean of the means of half of the window. */
export function trimaCell(period: number): Cell {
  const half = Math.floor(period / 2);
  const older = period % 2 === 1 ? half + 1 : half;
  const [inner, outer] = [sumCell(older), sumCell(half + 1)];
  const divider = older * (half + 1);
  return { memory: [...inner.memory, ...outer.memory], next: (x) => outer.next(inner.next(x)) / divider };
}
