import { delayCell, type Cell } from './cells.ts';
import { zeroOrNa } from './zero.ts';

/** A measure of a value and of what it was `bars` ago. */
export function changeCell(bars: number, measure: (now: number, before: number) => number): Cell {
  const before = delayCell(bars);
  return { memory: before.memory, next: (x) => measure(x, before.next(x)) };
}

/** The same of their ratio; 0 where there is none because the earlier value was 0, as in TA-Lib. */
export const ratioCell = (bars: number, measure: (ratio: number, now: number, before: number) => number): Cell =>
  changeCell(bars, (now, before) => (before === 0 ? zeroOrNa(now) : measure(now / before, now, before)));

/** The change in percent. */
export const rocCell = (bars: number): Cell => ratioCell(bars, (ratio) => (ratio - 1) * 100);
