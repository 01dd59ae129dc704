import type { Kernel, Params } from '../../model/block.ts';
import { afterCell, delayCell, type Cell } from './cells.ts';
import { cellColumn } from './columns.ts';
import { finite, finiteColumn } from './finite.ts';
import { cellKernel, kernelOf } from './kernel.ts';

/**
 * A computation on one series in two forms that give the same bits: bar by bar, and over a whole column. Blocks are put
 * together of them.
 */
export interface Stage {
  readonly start: () => Cell;
  /**
   * Fills `out`, which is none of the inputs; what is no finite number may be in it. Gives whether the stage knows that
   * no infinite number is: then nobody has to go over the column once more to look for one.
   */
  readonly column: (source: Float64Array, out: Float64Array, length: number) => boolean;
}

/** A cell, which goes bar by bar over a column as well, unless it has a faster form there. */
export const stage = (start: () => Cell, column?: Stage['column']): Stage => ({
  start,
  column: column ?? ((source, out, length) => cellColumn(start(), source, out, length)),
});

/** A stage that the first `wait` values pass by: where TA-Lib starts a computation later than it could. */
export const after = (wait: number, { start, column }: Stage): Stage => ({
  start: () => afterCell(wait, start()),
  column: (source, out, length) => {
    let bar = 0;
    for (let left = wait; bar < length && left > 0; bar += 1) if (!Number.isNaN(source[bar] ?? Number.NaN)) left -= 1;
    out.fill(Number.NaN, 0, bar);
    return column(source.subarray(bar), out.subarray(bar), length - bar);
  },
});

/** A stage whose values come `bars` later. */
export const delayed = (bars: number, { start, column }: Stage): Stage => ({
  start: () => {
    const [cell, delay] = [start(), delayCell(bars)];
    return { memory: [...cell.memory, ...delay.memory], next: (x) => delay.next(cell.next(x)) };
  },
  column: (source, out, length) => {
    const isFinite = column(source, out, length);
    if (bars === 0) return isFinite;
    out.copyWithin(bars, 0, Math.max(length - bars, 0));
    out.fill(Number.NaN, 0, bars);
    return isFinite;
  },
});

/** A measure of two stages of the same series. */
export const both = (first: Stage, second: Stage, measure: (a: number, b: number) => number): Stage => ({
  start: () => {
    const [a, b] = [first.start(), second.start()];
    return { memory: [...a.memory, ...b.memory], next: (x) => measure(a.next(x), b.next(x)) };
  },
  column: (source, out, length) => {
    const other = new Float64Array(length);
    first.column(source, out, length);
    second.column(source, other, length);
    for (let bar = 0; bar < length; bar += 1) out[bar] = measure(out[bar] ?? Number.NaN, other[bar] ?? Number.NaN);
    return false;
  },
});

/** The kernel of a block that is one stage. */
export const stageKernel = (stageOf: (params: Params) => Stage): Kernel =>
  cellKernel(
    (params) => stageOf(params).start(),
    (params, [source], [out], length) => {
      if (!source || !out) return;
      if (!stageOf(params).column(source, out, length)) finiteColumn(out, length);
    },
  );

/** The kernel of a block whose outputs are one stage each, all of the same series. */
export const stagesKernel = (stagesOf: (params: Params) => readonly Stage[]): Kernel =>
  kernelOf(
    (params) => {
      const cells = stagesOf(params).map(({ start }) => start());
      return {
        memory: cells.flatMap(({ memory }) => memory),
        step: (values, out) =>
          cells.forEach((cell, index) => (out[index] = finite(cell.next(values[0] ?? Number.NaN)))),
      };
    },
    (params, [source], out, length) => {
      if (!source) return;
      stagesOf(params).forEach(({ column }, index) => {
        const filled = out[index];
        if (!filled) return;
        if (!column(source, filled, length)) finiteColumn(filled, length);
      });
    },
  );
