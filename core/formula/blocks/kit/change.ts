import { delayCell } from './cells.ts';
import { stage, type Stage } from './stage.ts';
import { zeroOrNa } from './zero.ts';

/** A measure of a value and of what it was `bars` ago. */
export const change = (bars: number, measure: (now: number, before: number) => number): Stage =>
  stage(
    () => {
      const before = delayCell(bars);
      return { memory: before.memory, next: (x) => measure(x, before.next(x)) };
    },
    (source, out, length) => {
      for (let bar = 0; bar < length; bar += 1)
        out[bar] = measure(source[bar] ?? Number.NaN, bar < bars ? Number.NaN : (source[bar - bars] ?? Number.NaN));
      return false;
    },
  );

/** The same of their ratio; 0 where there is none because the earlier value was 0, as in TA-Lib. */
export const ratioOf = (bars: number, measure: (ratio: number, now: number, before: number) => number): Stage =>
  change(bars, (now, before) => (before === 0 ? zeroOrNa(now) : measure(now / before, now, before)));

/** The change in percent. */
export const rateOfChange = (bars: number): Stage => ratioOf(bars, (ratio) => (ratio - 1) * 100);
