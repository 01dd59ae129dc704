import { smaCell } from './averages.ts';
import { sumCell, type Cell } from './cells.ts';
import { sumColumn, varianceColumn } from './columns.ts';
import { countNotAbove, sortedWindowCell } from './sorted-window.ts';
import { stage, type Stage } from './stage.ts';
import { isZeroOrBelow } from './zero.ts';

/** The sum of the last `period` values. */
export const sumOf = (period: number): Stage => stage(() => sumCell(period), (source, out, length) => sumColumn(source, out, length, period));

/** Population variance of the last `period` values, by the two running sums that TA-Lib keeps. */
function varianceCell(period: number): Cell {
  const sum = sumCell(period);
  const squares = sumCell(period);
  return {
    memory: [...sum.memory, ...squares.memory],
    next: (x) => {
      const mean = sum.next(x) / period;
      return squares.next(x * x) / period - mean * mean;
    },
  };
}

export const varianceOf = (period: number): Stage => stage(() => varianceCell(period), (source, out, length) => varianceColumn(source, out, length, period));

/** The root of a variance; what rounding has left below zero is 0. */
const rootOf = (square: number): number => (isZeroOrBelow(square) ? 0 : Math.sqrt(square));

/** Their standard deviation, `times` so many. */
export const deviationOf = (period: number, times = 1): Stage => stage(
  () => {
    const { memory, next } = varianceCell(period);
    return { memory, next: (x) => rootOf(next(x)) * times };
  },
  (source, out, length) => {
    varianceColumn(source, out, length, period);
    for (let bar = 0; bar < length; bar += 1) out[bar] = rootOf(out[bar] ?? Number.NaN) * times;
  },
);

/** na where nothing varies. */
export function zscoreCell(period: number): Cell {
  const [mean, deviation] = [smaCell(period), deviationOf(period).start()];
  // The last value, and for how many bars it has stood still: what rounding leaves of the deviation then is no deviation.
  const still = new Float64Array([Number.NaN, 0]);
  return {
    memory: [...mean.memory, ...deviation.memory, still],
    next: (x) => {
      still[1] = x === still[0] ? (still[1] ?? 0) + 1 : 1;
      still[0] = x;
      const distance = x - mean.next(x);
      const unit = deviation.next(x);
      return still[1] >= period ? Number.NaN : distance / unit;
    },
  };
}

/** The share of the window that is not above its newest value. */
export const rankCell = (period: number): Cell => sortedWindowCell(period, (sorted, x) => countNotAbove(sorted, period, x) / period);

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
