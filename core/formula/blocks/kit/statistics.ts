import type { Cell } from './cells.ts';
import { hasInfinite } from './finite.ts';
import { moments, varianceCell, varianceColumn } from './moments.ts';
import { countNotAbove, sortedWindowCell } from './sorted-window.ts';
import { stage, type Stage } from './stage.ts';
import { sumCell, sumColumn } from './sum.ts';

/** The sum of the last `period` values. */
export const sumOf = (period: number): Stage =>
  stage(
    () => sumCell(period),
    (source, out, length) => sumColumn(source, out, length, period),
  );

/** Population variance of the last `period` values. */
export const varianceOf = (period: number): Stage =>
  stage(
    () => varianceCell(period),
    (source, out, length) => {
      varianceColumn(source, out, length, period);
      return false;
    },
  );

/** Their standard deviation, `times` so many. */
export const deviationOf = (period: number, times = 1): Stage =>
  stage(
    () => {
      const { memory, next } = varianceCell(period);
      return { memory, next: (x) => Math.sqrt(next(x)) * times };
    },
    (source, out, length) => {
      varianceColumn(source, out, length, period);
      return rootColumn(out, length, times);
    },
  );

/**
 * The roots of a column, `times` so many; whether all of them are known to be finite. The bars go in blocks, as in
 * `sumColumn`.
 */
function rootColumn(column: Float64Array, length: number, times: number): boolean {
  let isFinite = true;
  for (let block = 0; block < length; block += BLOCK) {
    const end = Math.min(length, block + BLOCK);
    let probe = 0;
    for (let bar = block; bar < end; bar += 1) {
      const value = Math.sqrt(column[bar] ?? Number.NaN) * times;
      column[bar] = value;
      probe += value;
    }
    if (probe - probe !== 0 && hasInfinite(column, block, end)) isFinite = false;
  }
  return isFinite;
}

const BLOCK = 1024;

/** na where nothing varies. */
export function zscoreCell(period: number): Cell {
  const window = moments(period);
  return {
    memory: window.memory,
    next: (x) => (window.next(x) ? window.distance() / Math.sqrt(window.variance()) : Number.NaN),
  };
}

/** The share of the window that is not above its newest value. */
export const rankCell = (period: number): Cell =>
  sortedWindowCell(period, (sorted, x) => countNotAbove(sorted, period, x) / period);

/** The value below which a share of the window lies, interpolated between its neighbours in the order. */
export function percentileCell(period: number, share: number): Cell {
  const place = share * (period - 1);
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sortedWindowCell(period, (sorted) => {
    const low = sorted[below] ?? Number.NaN;
    return low + ((sorted[above] ?? Number.NaN) - low) * (place - below);
  });
}
